use crate::config::Config;
use crate::model::Postmortem;
use crate::render::{Format, Page, Readers, Renderer, UserTemplate};

fn rendered(title: &str, format: Format, text: &str) -> Result<String, String> {
    let id = "2024-12-11-x".parse().expect("an id");
    let postmortem = Postmortem::new(id, title);
    let page = Page::of(&postmortem, &Config::default(), Readers::Internal);
    Renderer::with(format, UserTemplate::file("mine", text))
        .and_then(|renderer| renderer.render(&page))
        .map_err(|error| error.to_string())
}

#[test]
fn loops_variables_and_components_are_stopped_at_their_place() {
    let tags = "{% set l = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}\n";
    let deep = |depth: usize, inner: &str| {
        let open: String = (0..depth)
            .map(|n| format!("{{% for x{n} in l %}}"))
            .collect();
        format!("{tags}{open}{inner}{}", "{% endfor %}".repeat(depth))
    };
    let twice = "{% component c(n) %}{{ <c n={n} /> }}{{ <c n={n} /> }}{% endcomponent c %}";
    for (text, told) in [
        // Ten loops in each other, over a list that is stored.
        (deep(10, ""), "mine:2:"),
        (deep(10, ""), "look for loops in loops"),
        // Lists of lists, made in an expression.
        (
            format!("{tags}ä {{% for a in l %}}{{% for b in l %}}{{% for c in l %}}{{% for d in l %}}{{{{ [[1 for x in [2 for y in l]] for z in range(end=9999)] | length }}}}{{% endfor %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}"),
            "mine:2:",
        ),
        // A text that doubles in each turn.
        (
            "{% set x = \"ab\" %}\n{% for i in range(end=99) %}\n {% set_global x = x ~ x %}{% endfor %}".to_owned(),
            "mine:3:20: a variable would hold more than 4 MiB; look for one that grows in a loop",
        ),
        (
            "{% set_global x = [1] %}{% for i in range(end=99) %}{% set_global x = [x, x] %}{% endfor %}".to_owned(),
            "a variable would hold more than 4 MiB",
        ),
        (
            "{% set_global x = \"a\" %}{% for i in range(end=99) %}{% set_global x %}{{ x }}{{ x }}{% endset %}{% endfor %}".to_owned(),
            "a variable would hold more than 4 MiB",
        ),
        (
            "{% set_global x = \"aaaaaaaaaa\" %}{% for i in range(end=9) %}{% set_global x = x | replace(from=\"a\", to=x) %}{% endfor %}".to_owned(),
            "the filter would give more than 4 MiB",
        ),
        (
            format!("{twice}{{{{ <c n={{1}} /> }}}}"),
            "mine:1:24: a component calls itself again and again",
        ),
        // Long Markdown is dear.
        (
            "{% set long = \"a **b** \" | repeat(times=9999) %}\n{% for i in range(end=1000) %}{% for j in range(end=900) %}{% set x = long | prose | length %}{% endfor %}{% endfor %}".to_owned(),
            "mine:2:",
        ),
        // It ends, but only after 2 to the power of 18 calls, each with a loop.
        (
            "{% component c(n) %}{% if n > 0 %}{% for i in range(end=9) %}{% endfor %}{{ <c n={n - 1} /> }}{{ <c n={n - 1} /> }}{% endif %}{% endcomponent c %}{{ <c n={18} /> }}".to_owned(),
            "mine:1:",
        ),
    ] {
        let found = rendered("X", Format::Html, &text).expect_err("a stop");
        assert!(found.contains(told), "{text}\n{found}");
    }
}

#[test]
fn what_is_counted_prints_as_before() {
    for (text, page) in [
        (
            "{% for a in [\"b\", \"<\"] -%} {{ a }}{% else %}none{% endfor %}",
            "b&lt;\n",
        ),
        ("{% for a in [] %}x{% else %}none{% endfor %}", "none\n"),
        (
            "{% for k, v in {\"a\": 1} %}{{ k }}{{ v }}{% endfor %}",
            "a1\n",
        ),
        (
            "{% set x = \"<b>\" | safe %}{{ x }}{% set y %}<i>{% endset %}{{ y }}",
            "<b><i>\n",
        ),
        (
            "{{ [a ~ \"!\" for a in [\"x\", \"y\"] if a != \"x\"] | join(sep=\", \") }}",
            "y!\n",
        ),
        (
            "{{ [\"<\", \"b\"] | join(sep=\" | \") }}{{ \"a-b\" | replace(from=\"-\", to=\"<\") }}",
            "&lt; | ba&lt;b\n",
        ),
        (
            "{{ [\"<\", \"b\" | safe] | join(sep=\"&\") }}",
            "&lt;&amp;b\n",
        ),
        ("[{{ \"a\\n\\nb\" | indent(width=2) }}]", "[a\n\n  b]\n"),
        (
            "{% component c(n) -%}\n  {{ n }}\n{%- endcomponent c %}{{ <c n={\"x\"} /> }}",
            "x\n",
        ),
    ] {
        assert_eq!(
            rendered("X", Format::Html, text).as_deref(),
            Ok(page),
            "{text}"
        );
    }
    let told = rendered(
        "X",
        Format::Html,
        "{% set l = [1] %}{% for a in l %}{{ title | foo }}{% endfor %}",
    );
    assert_eq!(told, Err("mine:1:45: Unknown filter `foo`".to_owned()));
    let told = rendered("X", Format::Html, "{% for a in 5 %}{% endfor %}");
    assert_eq!(
        told,
        Err("mine:1:13: Iteration not possible on type `i64`".to_owned())
    );
}
