//! Floor 5: the folder of documents.
