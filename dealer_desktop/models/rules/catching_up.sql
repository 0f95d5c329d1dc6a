-- A window whose connection was lost misses notifications. It remembers a mark of before, and is told afterwards what the
-- history holds since: the tables and ids that the notifications would have named.

-- Where the history stands. Ids are given before a commit, so a later commit may bring a lower one: but a transaction
-- that begins (gets its number) after this was looked at writes ids above "last" only. "oldest" is the first number that
-- is not over yet, "following" the next to be given. With another "place" nothing of before can be compared: another
-- database or restored, or another server, promoted, where numbers may have been given again.
create function public.change_mark() returns table (place text, oldest bigint, following bigint, last bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select concat_ws('/',
            (select system_identifier from pg_control_system()),
            case when pg_is_in_recovery() then '' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end,
            (select oid from pg_database where datname = current_database()),
            pg_relation_filenode('audit_log')),
        pg_snapshot_xmin(now.seen)::text::bigint,
        pg_snapshot_xmax(now.seen)::text::bigint,
        coalesce((select max(id) from audit_log), 0)
    from (select pg_current_snapshot() as seen) as now
$$;

-- What was written after the history's row "mark", a line a table; no ids where they are more than a hundred, or where
-- nobody knows any more which. What the notifications say of a row's order, car or customer is said here, too.
create function public.changes_since(mark bigint) returns table (changed text, ids bigint[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    with written as (
        select a.table_name, a.row_id, coalesce(a.after, '{}') || coalesce(a.before, '{}') as facts
        from audit_log a where a.id > mark
    ), belonging as (
        select parent.table_name, parent.reference, w.table_name as child, w.row_id, w.facts
        from written w
        join (values ('payments', 'orders', 'order_id'), ('order_lines', 'orders', 'order_id'),
            ('deliveries', 'orders', 'order_id'), ('car_photos', 'cars', 'car_id'), ('car_costs', 'cars', 'car_id'),
            ('trade_ins', 'cars', 'car_id'), ('car_reports', 'cars', 'car_id'), ('reviews', 'cars', 'car_id')
        ) as parent (child, table_name, reference) on parent.child = w.table_name
    ), told as (
        select table_name, row_id from written
        union
        select 'users', row_id from written where table_name = 'customer_details'
        union
        select b.table_name, coalesce(
            (b.facts ->> b.reference)::bigint,
            (select (i.after ->> b.reference)::bigint from audit_log i
              where i.table_name = b.child and i.row_id = b.row_id and i.action = 'INSERT' order by i.id limit 1))
        from belonging b
    )
    select t.table_name, case when count(*) > 100 or bool_or(t.row_id is null) then null else array_agg(t.row_id) end
    from told t group by t.table_name
$$;
