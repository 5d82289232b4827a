-- What lies within a folder is a range of paths by their bytes. In SQLite the primary key has that order already.
{postgres only} CREATE INDEX artifacts_by_path ON artifacts (owner_id, path COLLATE "C");
