//! Names and short names that are words as well.

/// Whether a name, in any case, is a word that stands in texts and pages without meaning anybody.
pub fn is_word(name: &str) -> bool {
    let name = name.to_lowercase();
    WORDS
        .iter()
        .any(|line| line.split(' ').any(|word| word == name))
}

/// Whether a part within a name says nothing alone: `van`, `de`. First and last it may be the name: `Ravi Das`.
pub fn is_particle(part: &str) -> bool {
    const PARTICLES: &str = "al and bin da das de del della den der des di do dos du el ibn la le los of san ten ter the und van vom von y zu zur";
    let part = part.to_lowercase();
    PARTICLES.split(' ').any(|particle| particle == part)
}

/// Whether a part of a name is a title or says which generation: `Dr`, `Jr`.
pub fn is_title(part: &str) -> bool {
    const TITLES: &str = "dr ii iii iv jr mr mrs ms mx prof sr st";
    let part = part.trim_end_matches('.').to_lowercase();
    TITLES.split(' ').any(|title| title == part)
}

/// Whether a word stands behind `@` in styles and data of pages without meaning anybody.
pub fn is_at_rule(word: &str) -> bool {
    const RULES: &str = "charset container context font graph id import keyframes layer media namespace page property scope supports type value";
    RULES.split(' ').any(|rule| rule == word)
}

/// Whether a word is the name of a month that people have too, as `May` and `Jan`.
pub fn is_month(word: &str) -> bool {
    const MONTHS: &str = "april august dec jan june jun mar may";
    let word = word.to_lowercase();
    MONTHS.split(' ').any(|month| month == word)
}

/// Names of people, of roles and teams that stand where people do, and what pages are made of.
const WORDS: &[&str] = &[
    // Names.
    "ace amber an angel any april archer art ash august autumn bailey baker bank banks bar barber bay bell berry",
    "best bill bird bishop black bloom bond booth bow bowman branch bridge brook brooks brown buck bug burn bush",
    "butler carpenter carter case cash chance chase church clay cliff cloud coal cole cook cooper coral cotton crane",
    "crisp cross crystal curry daisy dale dash dawn day dean dev diamond dick do drew drum duke dusty earl earnest",
    "early east else ever faith fall farmer field fields finch fisher flint flood flora ford forest fort fox frank",
    "freeman frost gage gale gardener gates gay gene ginger glass gold good grace grant gray green greenwood grey grove",
    "guy hall ham hand hardy harry hart hazel head heath heaven herb hill him his holly honey hood hook hope",
    "house hunt hunter hurt iris ivy jack jade jasmine jay jean jewel jet job jones joy june justice keen key kind king",
    "kit knight lake lamb lance land lane large lark laurel law lay lee lily link little load lock log long look lord",
    "love low luck major man mark marsh mason max may mercy miles mill miller mills min mint miracle moon more",
    "moss nick night noble nor north nova oak olive only or over page palmer paris park parks parsons pat patience",
    "peace pearl penny per piper plant pool poole pope porter potter power price pride prince prior queen quick rain",
    "randy ranger ray read red reed reef reeves rich rise river rivers rob robin rock rocky rod roman root rose",
    "rowan ruby rusty sage salt sanders sandy savage scout sharp shepherd shields short show sierra silver sims singer",
    "skip sky small smart smith so sol son song sparks spring stack star stark steel stock stone storm strong sue",
    "summer swan sweet tan tanner taylor temple than then tiger to tom tower trace trinity true turner",
    "van vale victor view viola violet wade wages walker wall ward warden water waters way weaver web weeks wells west",
    "wheeler while white wild will willow winter wise wolf wood woods yates young",
    // Who stands where people do.
    "admin alerts api app apps backend billing bot build checkout ci cluster comms core customer customers data database",
    "databases db deploy desk dns engineer engineering everyone finance frontend identity incident infra infrastructure",
    "ic legal login manager marketing me mobile monitoring network networking nobody none oncall operations operator ops",
    "orders owner payments people person platform press product provider qa release reliability sales search security",
    "service services site sre staff status storage supplier support system team tech unknown user users vendor",
    "we who",
    // What pages are made of.
    "all alt article aria aside auto base body bold box button canvas caption charset class code col colgroup color colour",
    "content contents default detail details dir display div fig figure first flex float font foot footer form grid header",
    "height hidden hover html http https id img inherit inline input inter internal item items json label lang last left line list",
    "main margin markdown media meta middle name narrow nav next node note off on order org outline padding paint path pill pre prose",
    "print public px rect rem report right roboto role row rows sans schema scope script section side size span src strong style sub summary sup svg",
    "tab table tag text tile time title tone top transform type unit url utc value var visible wide width word words",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_names() {
        for word in ["Will", "mark", "MAY", "per", "dev", "nav"] {
            assert!(is_word(word), "{word}");
        }
        for name in ["Jane", "okafor", "Whitlock", ""] {
            assert!(!is_word(name), "{name}");
        }
    }
}
