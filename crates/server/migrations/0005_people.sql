-- Invitations that wait for an answer: to belong to a group or an organization, or to have a role in a project. One of
-- the three is named. Who was invited by an address that was nobody's has no user_id.
CREATE TABLE invitations (
    invitation_id   UUID PRIMARY KEY,
    user_group_id   UUID REFERENCES user_groups ON DELETE CASCADE,
    organization_id UUID REFERENCES organizations ON DELETE CASCADE,
    project_id      UUID REFERENCES projects ON DELETE CASCADE,
    role            TEXT, -- in the project
    user_id         UUID REFERENCES users ON DELETE CASCADE,
    email           TEXT, -- where she was named by it
    email_key       TEXT,
    invited_by      UUID NOT NULL REFERENCES users,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);
CREATE INDEX invitations_by_user ON invitations (user_id, created_at);
CREATE INDEX invitations_by_group ON invitations (user_group_id, created_at);
CREATE INDEX invitations_by_organization ON invitations (organization_id, created_at);
CREATE INDEX invitations_by_project ON invitations (project_id, created_at);
CREATE INDEX invitations_by_email ON invitations (email_key);

-- What the browser or program called itself when the session began.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
