-- The ledger: one SQLite file. Integer keys follow the sorted order of the content ids; lists are JSON.
-- Offsets are Unicode code points into reports.text, half-open. Absent is NULL.
create table meta (key text primary key, value text not null) strict;
create table reports (
  id integer primary key, report_id text not null unique, path text, url text, outlet text, title text, byline text,
  dateline text, published text, published_why text, language text, characters integer not null, text text not null, encoding text,
  source_sha256 text
) strict;
create table passages (
  id integer primary key, passage_id text not null unique, report_id text not null, start integer not null,
  "end" integer not null, role text not null, label_start integer, label_end integer, name text
) strict;
create table mentions (
  id integer primary key, mention_id text not null unique, report_id text not null, start integer not null,
  "end" integer not null, text text not null, type text not null, name text, entity_id text, why text not null
) strict;
create table entities (
  id integer primary key, entity_id text not null unique, name text not null, type text not null,
  aliases text not null, roles text not null, same_why text not null, party text
) strict;
create table doubts (
  id integer primary key, doubt_id text not null unique, one_entity text not null, other_entity text not null,
  one text not null, other text not null, weight real not null, why text not null
) strict;
create table statements (
  id integer primary key, statement_id text not null unique, report_id text not null, content text not null,
  text text not null, source_start integer, source_end integer, cue_start integer, cue_end integer, kind text not null,
  speaker text, speaker_entity text, chain text not null, parent_statement text, polarity text not null, attitude text,
  addressee text, said_from text, said_to text, why text not null, confidence real not null
) strict;
create table quantities (
  id integer primary key, quantity_id text not null unique, report_id text not null, start integer not null,
  "end" integer not null, text text not null, low real, high real, exact integer not null, modifier text,
  modifier_start integer, modifier_end integer, unit text, counted text, class text, scope text not null, subject text,
  subject_entity text, place_id text, as_of_from text, as_of_to text, realis text not null, statement_id text,
  why text not null, confidence real not null
) strict;
create table events (
  id integer primary key, event_id text not null unique, report_id text not null, start integer not null,
  "end" integer not null, text text not null, type text not null, mode text, contexts text not null, actors text not null,
  actor_entities text not null, actor_spans text not null, recipients text not null, recipient_entities text not null,
  recipient_spans text not null, place_id text, date_from text, date_to text, date_precision text, realis text not null,
  assertion text not null, stands text not null, territory text, statement_id text, why text not null,
  confidence real not null
) strict;
create table times (
  id integer primary key, time_id text not null unique, report_id text not null, start integer not null,
  "end" integer not null, text text not null, type text not null, value text, date_from text, date_to text,
  precision text not null, anchor text, rule text not null, why text not null
) strict;
create table places (
  id integer primary key, place_id text not null unique, report_id text not null, start integer not null,
  "end" integer not null, text text not null, name text not null, geoname_id integer, country text, province text,
  lat real, lon real, radius_km real, precision text not null, exact integer not null, how text not null,
  confidence real not null
) strict;
create table reuse (
  id integer primary key, reuse_id text not null unique, from_report text not null, from_start integer not null,
  from_end integer not null, to_report text not null, to_start integer not null, to_end integer not null,
  characters integer not null, from_share real not null, to_share real not null, quoted_share real not null,
  in_order integer not null, direction text not null, parent text, why text not null
) strict;
create table origins (
  id integer primary key, origin_id text not null unique, kind text not null, name text, entity_id text, why text not null,
  party text, named integer not null
) strict;
create table matters (
  id integer primary key, matter_id text not null unique, kind text not null, question text not null,
  verdict text not null, outlets integer not null, reports integer not null, origins integer not null, mouths integer not null, low real,
  high real, first text, last text, why text not null
) strict;
create table matter_claims (
  id integer primary key, matter_id text not null, claim_id text not null, claim_kind text not null, origin_id text,
  value text, stance text not null, fold text not null, fold_why text, unique (matter_id, claim_id)
) strict;
create table decisions (
  id integer primary key, judgement_id text not null unique, who text not null, decided_at text not null, act text not null,
  batch text, row_table text, row_then text, row_id text, found text not null, report_id text, quote text,
  quote_start integer, quote_end integer, field text, old text, new text, reason text, disputed integer not null, why text not null
) strict;
create table runs (
  id integer primary key, version text not null, settings text not null, words_hash text not null,
  code_hash text not null, model_hash text, inputs integer not null, skipped text not null
) strict;
create index statements_report on statements (report_id);
create index statements_speaker on statements (speaker_entity);
create index mentions_entity on mentions (entity_id);
create index quantities_report on quantities (report_id);
create index events_report on events (report_id);
create index matter_claims_claim on matter_claims (claim_id);
create index passages_report on passages (report_id);
create index mentions_report on mentions (report_id);
create index times_report on times (report_id);
create index places_report on places (report_id);
create index places_named on places (country, geoname_id, name, precision);
create index reuse_from on reuse (from_report);
create index reuse_to on reuse (to_report);
create index origins_entity on origins (entity_id);
create index matter_claims_origin on matter_claims (origin_id);
create index matters_verdict on matters (verdict, reports);
create index reports_outlet on reports (outlet);
create index reports_published on reports (published, outlet);
create index statements_relayed on statements (id) where chain like '%"role":"relay"%'; -- as views/pages/overview.py asks
create virtual table reports_search using fts5 (title, text, content='reports', content_rowid='id');
create virtual table statements_search using fts5 (text, speaker, content='statements', content_rowid='id');
