-- A simulation of the extension azure_cdc: it judges the real catalog, with the status codes of Microsoft's
-- troubleshooting page for Fabric mirroring. What it judges by and what it cannot know is said in the package
-- documentation of io.fabricmirror.testkit.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'azure_cdc_admin') then
    create role azure_cdc_admin;
  end if;
end
$$;

-- The administrator may give the role away. Up to PostgreSQL 15 CREATEROLE is enough for that; from 16 on it takes the
-- admin option, given here without the role's own rights.
do $$
begin
  if current_setting('server_version_num')::int >= 160000 then
    execute 'grant azure_cdc_admin to azure_pg_admin with admin true, inherit false, set false';
  end if;
end
$$;

create table azure_cdc.internal_publications (
  publication_id bigint generated always as identity primary key,
  publication_name text not null unique,
  slot_name text not null,
  destination_path text not null,
  destination_format text not null default 'parquet',
  include_data boolean not null default true,
  include_changes boolean not null default true,
  active boolean not null default true,
  snapshot_done boolean not null default false,
  snapshot_progress text,
  snapshot_progress_percentage text,
  generation_id integer not null default 1,
  stream_start_lsn pg_lsn,
  stream_start_time timestamptz,
  stream_stop_lsn pg_lsn,
  snapshot_size bigint not null default 0,
  total_time integer not null default 0,
  completed_batch_id bigint not null default 0,
  last_written_lsn pg_lsn
);

create table azure_cdc.internal_tables (
  publication_id bigint not null references azure_cdc.internal_publications on delete cascade,
  table_oid oid not null,
  sequence_number integer not null default 1
);

create table azure_cdc.internal_errors (
  error_time timestamptz not null default now(),
  publication_name text not null,
  schema_name text,
  table_name text,
  error_type text not null,
  error_code text not null,
  params jsonb not null default '{}'
);

create view azure_cdc.tracked_publications as
  select publication_id, destination_path, destination_format, include_data, include_changes, active, snapshot_done,
         snapshot_progress, snapshot_progress_percentage, generation_id, stream_start_lsn, stream_start_time,
         stream_stop_lsn, snapshot_size, total_time
    from azure_cdc.internal_publications;

create view azure_cdc.tracked_batches as
  select publication_id, completed_batch_id, last_written_lsn from azure_cdc.internal_publications;

create view azure_cdc.tracked_tables as
  select publication_id, table_oid, sequence_number from azure_cdc.internal_tables;

create function azure_cdc.finding(status text, code text, details jsonb default '{}') returns jsonb
language sql immutable
as $$ select jsonb_build_object('status', status, 'status_code', code, 'details', details) $$;

create function azure_cdc.check_prerequisites(out status text, out data jsonb)
language plpgsql stable
as $$
declare
  required_workers constant int := 13;
  workers constant int := current_setting('max_worker_processes')::int;
begin
  data := '[]';
  if coalesce(current_setting('azure.service_principal_id', true), '') = '' then
    data := data || azure_cdc.finding('ERROR', 'IDENTITY_NOT_CONFIGURED');
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'azure_cdc_admin') then
    data := data || azure_cdc.finding('ERROR', 'CDC_ADMIN_ROLE_NOT_EXISTS');
  elsif not pg_catalog.pg_has_role(current_user, 'azure_cdc_admin', 'usage') then
    data := data || azure_cdc.finding('ERROR', 'USER_NOT_CDC_ADMIN', jsonb_build_object('user', current_user));
  end if;
  if not has_database_privilege(current_user, current_database(), 'create') then
    data := data || azure_cdc.finding('ERROR', 'NO_CREATE_PRIVILEGE_ON_DATABASE',
      jsonb_build_object('database', current_database()));
  end if;
  if exists (select from azure_cdc.internal_publications where active) then
    data := data || azure_cdc.finding('ERROR', 'PUBLICATION_LIMIT_REACHED', jsonb_build_object('limit', 1));
  end if;
  if pg_is_in_recovery() then
    data := data || azure_cdc.finding('ERROR', 'SERVER_IN_RECOVERY');
  end if;
  if workers < required_workers then
    data := data || azure_cdc.finding('ERROR', 'MAX_WORKER_PROCESSES_TOO_LOW',
      jsonb_build_object('current_value', workers, 'required_value', required_workers));
  end if;
  status := case when data = '[]' then 'OK' else 'ERROR' end;
end
$$;

create function azure_cdc.type_is_supported(type oid) returns boolean
language sql stable
as $$
  select type = any (array['bool', 'bytea', 'bpchar', 'varchar', 'text', 'date', 'float4', 'float8', 'int2', 'int4',
    'int8', 'numeric', 'oid', 'money', 'time', 'timetz', 'timestamp', 'timestamptz', 'uuid']::regtype[]::oid[])
$$;

-- The index that identifies a row: the primary key, else the first unique index over columns that cannot be null.
create function azure_cdc.identity_index(relation oid) returns oid
language sql stable
as $$
  select i.indexrelid
    from pg_catalog.pg_index i
   where i.indrelid = relation and i.indisunique and i.indisvalid and i.indimmediate
     and i.indpred is null and i.indexprs is null
     and not exists (
       select from pg_catalog.pg_attribute a
        where a.attrelid = relation and a.attnum = any (i.indkey::int2[]) and not a.attnotnull)
   order by i.indisprimary desc, i.indexrelid
   limit 1
$$;

create function azure_cdc.get_all_tables_mirror_status()
returns table (table_schema text, table_name text, mirroring_status text, mirroring_data jsonb)
language sql stable
as $$
  with relations as (
    select c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relispartition, c.relowner,
           azure_cdc.identity_index(c.oid) as identity_index
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f')
       and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'azure_cdc')
       and not exists (
         select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  ), columns as (
    select r.oid, a.attname, a.attnum, azure_cdc.type_is_supported(a.atttypid) as supported,
           a.atttypid = 'timetz'::regtype as is_timetz, a.attname ~ '[ ;{}\n\t=()]' as forbidden,
           format_type(a.atttypid, a.atttypmod) as type, a.attnum = any (i.indkey::int2[]) as is_key
      from relations r
      join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_catalog.pg_index i on i.indexrelid = r.identity_index
  ), findings as (
    select oid, azure_cdc.finding('ERROR', 'NOT_REGULAR_TABLE') as finding
      from relations where relkind <> 'r' or relpersistence <> 'p' or relispartition
    union all
    select oid, azure_cdc.finding('ERROR', 'NOT_TABLE_OWNER', jsonb_build_object('owner', pg_get_userbyid(relowner)))
      from relations where relkind = 'r' and not pg_has_role(current_user, relowner, 'usage')
    union all
    select oid, azure_cdc.finding('ERROR', 'FORBIDDEN_CHARS_IN_TABLE_NAME')
      from relations where relname ~ '[ ;{}\n\t=()]'
    union all
    select oid, azure_cdc.finding('ERROR', 'FORBIDDEN_CHARS_IN_COLUMN_NAME',
                                  jsonb_build_object('columns', jsonb_agg(attname order by attnum)))
      from columns where forbidden group by oid
    union all
    select oid, azure_cdc.finding('ERROR', 'UNSUPPORTED_TYPE_IN_REPLICA_IDENTITY',
                                  jsonb_build_object('columns', jsonb_agg(attname order by attnum)))
      from columns where is_key and (not supported or is_timetz) group by oid
    union all
    select oid, azure_cdc.finding('WARNING', 'UNSUPPORTED_DATA_TYPE',
                                  jsonb_build_object('columns', jsonb_object_agg(attname, type)))
      from columns where not supported and is_key is not true group by oid
    union all
    select r.oid, case
             when r.identity_index is null then azure_cdc.finding('WARNING', 'NO_INDEX_FULL_IDENTITY')
             when i.indisprimary then azure_cdc.finding('OK', 'HAS_PRIMARY_KEY')
             else azure_cdc.finding('OK', 'HAS_UNIQUE_INDEX') end
      from relations r left join pg_catalog.pg_index i on i.indexrelid = r.identity_index
     where r.relkind = 'r' and r.relpersistence = 'p' and not r.relispartition
  )
  select r.nspname::text, r.relname::text,
         case when bool_or(f.finding->>'status' = 'ERROR') then 'ERROR'
              when bool_or(f.finding->>'status' = 'WARNING') then 'WARNING' else 'OK' end,
         jsonb_agg(f.finding)
    from relations r join findings f on f.oid = r.oid
   group by r.nspname, r.relname
   order by r.nspname, r.relname
$$;

create function azure_cdc.get_health_status(database_name text, publication text)
returns table (error_time timestamptz, schema_name text, table_name text, error_type text, error_code text, params jsonb)
language sql stable
as $$
  select e.error_time, e.schema_name, e.table_name, e.error_type, e.error_code, e.params
    from azure_cdc.internal_errors e
   where (database_name = '' and publication = '' and e.error_type = 'S')
      or (database_name = current_database() and (publication = e.publication_name or publication = ''))
   order by e.error_time
$$;

create function azure_cdc.list_tracked_publications()
returns table ("publicationName" text, "includeData" boolean, "includeChanges" boolean, active boolean,
               "baseSnapshotDone" boolean, "generationId" integer)
language sql stable
as $$
  select publication_name, include_data, include_changes, p.active, snapshot_done, generation_id
    from azure_cdc.internal_publications p
   order by publication_id
$$;

create function azure_cdc.publication_status(publication text)
returns table (status text, start_lsn pg_lsn, stop_lsn pg_lsn, flush_lsn pg_lsn, slot_name text, destination text,
               progress text, completed_batch_id bigint, uploaded_batch_id bigint)
language sql stable
as $$
  select case when not p.active then 'Stopped' when p.snapshot_done then 'Streaming' else 'Snapshot' end,
         p.stream_start_lsn, p.stream_stop_lsn, s.confirmed_flush_lsn, p.slot_name, p.destination_path,
         p.snapshot_progress, p.completed_batch_id, p.completed_batch_id
    from azure_cdc.internal_publications p
    left join pg_catalog.pg_replication_slots s on s.slot_name = p.slot_name::name
   where p.publication_name = publication
$$;

create function azure_cdc.stop_publication(publication text) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  slot text;
begin
  if not (pg_has_role(session_user, 'azure_cdc_admin', 'usage') or pg_has_role(session_user, 'azure_pg_admin', 'usage'))
  then
    raise insufficient_privilege using message = 'permission denied for function stop_publication';
  end if;
  update azure_cdc.internal_publications p
     set active = false, stream_stop_lsn = pg_current_wal_lsn()
   where p.publication_name = publication
  returning p.slot_name into slot;
  if slot is null then
    raise exception 'publication "%" is not tracked', publication;
  end if;
  perform pg_terminate_backend(active_pid, 5000) from pg_replication_slots s
    where s.slot_name = slot and active_pid is not null;
  perform pg_drop_replication_slot(s.slot_name) from pg_replication_slots s where s.slot_name = slot;
end
$$;

grant usage on schema azure_cdc to public;
grant select on all tables in schema azure_cdc to azure_cdc_admin, azure_pg_admin;
