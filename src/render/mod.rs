//! Floor 4: pages from documents.
