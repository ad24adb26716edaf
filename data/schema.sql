-- The tables of one build. `utterance` gets one more column per attribute (an ENUM of its groups, named
-- as the attribute) and, for a number, one DOUBLE column named "<attribute> (number)" with the raw value.

CREATE TABLE meta (
    key   VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL           -- JSON
);

CREATE TABLE speaker (
    speaker    INTEGER PRIMARY KEY,  -- dense code, 0 to n_speakers - 1
    speaker_id VARCHAR NOT NULL
);

CREATE TABLE utterance (
    row_id       INTEGER NOT NULL,   -- position after sorting by speaker, so that one speaker's rows lie together
    utterance_id VARCHAR NOT NULL,
    speaker      INTEGER NOT NULL,
    reference    VARCHAR NOT NULL,   -- as written in the source; '' where nobody spoke
    audio        VARCHAR,            -- NULL where there is no clip
    duration_s   DOUBLE
);

CREATE TABLE score (
    row_id             INTEGER NOT NULL,
    system             UTINYINT NOT NULL,   -- position in the build's list of systems
    hypothesis         VARCHAR NOT NULL,    -- as written in the source; '' is an empty output
    n_words            INTEGER NOT NULL,    -- words of the normalised reference
    n_hypothesis_words INTEGER NOT NULL,
    hits               INTEGER NOT NULL,
    substitutions      INTEGER NOT NULL,
    deletions          INTEGER NOT NULL,
    insertions         INTEGER NOT NULL,
    n_characters       INTEGER NOT NULL DEFAULT 0,  -- characters of the normalised reference, spaces included
    character_errors   INTEGER NOT NULL DEFAULT 0,  -- edit distance over characters
    n_keywords         INTEGER NOT NULL DEFAULT 0,  -- occurrences of keywords in the normalised reference
    keyword_misses     INTEGER NOT NULL DEFAULT 0   -- those of them that are not among the hits
);

-- What a second person wrote down, compared with the reference as if it were a hypothesis; it is no system.
CREATE TABLE second_reference (
    row_id             INTEGER NOT NULL,
    reference          VARCHAR NOT NULL,    -- as written in the source
    n_words            INTEGER NOT NULL,    -- words of the first, normalised reference
    n_hypothesis_words INTEGER NOT NULL,    -- words of the second
    hits               INTEGER NOT NULL,
    substitutions      INTEGER NOT NULL,
    deletions          INTEGER NOT NULL,
    insertions         INTEGER NOT NULL,
    n_characters       INTEGER NOT NULL DEFAULT 0,  -- characters of the normalised reference, spaces included
    character_errors   INTEGER NOT NULL DEFAULT 0,  -- edit distance over characters
    n_keywords         INTEGER NOT NULL DEFAULT 0,  -- occurrences of keywords in the normalised reference
    keyword_misses     INTEGER NOT NULL DEFAULT 0   -- those of them that are not among the hits
);

-- Results of every grouping by at most three attributes, worked out at build time so that an unfiltered
-- view costs the same however many utterances there are. Columns: `GroupStatistics` in analysis/intervals.py, `ContrastStatistics` in analysis/comparisons.py.
CREATE TABLE marginal (
    system               UTINYINT NOT NULL,
    subset               SMALLINT NOT NULL,  -- position in meta 'marginal_subsets'
    code_0               SMALLINT NOT NULL,  -- position in the attribute's levels; -1 = not stated or unused
    code_1               SMALLINT NOT NULL,
    code_2               SMALLINT NOT NULL,
    n_utterances         BIGINT NOT NULL,
    n_words              BIGINT NOT NULL,
    substitutions        BIGINT NOT NULL,
    deletions            BIGINT NOT NULL,
    insertions           BIGINT NOT NULL,
    empty_outputs        BIGINT NOT NULL,
    rated_utterances     BIGINT NOT NULL,  -- recordings with a word, which have an error rate of their own
    utterance_rates      BIGINT NOT NULL,  -- their sum in units of RATE_UNIT in analysis/metrics.py
    n_speakers           INTEGER NOT NULL,
    effective_speakers   DOUBLE,
    largest_share        DOUBLE,
    largest_errors       DOUBLE,
    speaker_mean         DOUBLE,
    variance_log         DOUBLE,
    design_effect        DOUBLE,
    other_errors         DOUBLE,
    other_words          DOUBLE,
    other_speakers       INTEGER,
    other_effective      DOUBLE,
    other_largest_errors DOUBLE,
    contrast_variance    DOUBLE,
    variance_log_other   DOUBLE,
    difference_variance  DOUBLE
);
