-- What runs printed, in pieces of whole lines, so that a line in the middle is found without reading the rest. All pieces
-- but the last of a log stay as they are and are compressed: logs shrink to a tenth, and most are never looked at again.
CREATE TABLE run_log_pieces (
    run_number    BIGINT  NOT NULL REFERENCES runs ON DELETE CASCADE,
    first_line    BIGINT  NOT NULL, -- counted from 1
    n_lines       BIGINT  NOT NULL, -- a last line without an end counts
    first_byte    BIGINT  NOT NULL, -- counted from 0
    n_bytes       BIGINT  NOT NULL, -- uncompressed
    levels        BIGINT  NOT NULL, -- which levels its lines may have: a bit each
    is_compressed BOOLEAN NOT NULL,
    bytes         BYTEA   NOT NULL,
    PRIMARY KEY (run_number, first_line)
);

INSERT INTO run_log_pieces
SELECT run_number, 1,
       length(text) - length(replace(text, '
', '')) + CASE WHEN text LIKE '%
' THEN 0 ELSE 1 END,
       0, length({bytes of text}), 63, FALSE, {bytes of text}
FROM run_logs WHERE text <> '';

DROP TABLE run_logs;
