//! Floor 4: rules over a document.
