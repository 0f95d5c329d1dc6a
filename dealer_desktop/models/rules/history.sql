-- Who changed what, and when. One statement writes the history of all its rows at once.

-- What the history keeps of a row: nothing that is computed (an order's sums are told by its payments and lines), and
-- of a picture only its hash.
create function public.history_facts(row_facts jsonb) returns jsonb
language sql immutable parallel safe
as $$
    select case when row_facts ->> 'logo' is null then row_facts
        else jsonb_set(row_facts, '{logo}', to_jsonb('sha256:' || encode(sha256(decode(
            substr(row_facts ->> 'logo', 3), 'hex')), 'hex')))
        end - '{search,search_description,updated_at,written_in,came_in,paid_total,lines_total,facts}'::text[]
$$;

-- Nested loops are off: a plan made for one row would compare 100,000 rows with 100,000.
create function public.write_history() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set jit = off set bytea_output = hex
as $$
begin
    if tg_op = 'INSERT' then
        insert into audit_log (actor, table_name, row_id, action, after)
        select session_user, tg_table_name, n.id, tg_op, jsonb_strip_nulls(history_facts(to_jsonb(n)))
        from new_rows n;
    elsif tg_op = 'DELETE' then
        insert into audit_log (actor, table_name, row_id, action, before)
        select session_user, tg_table_name, o.id, tg_op, jsonb_strip_nulls(history_facts(to_jsonb(o)))
        from old_rows o;
    else
        insert into audit_log (actor, table_name, row_id, action, before, after)
        select session_user, tg_table_name, n.id, tg_op, changed.before, changed.after
        from new_rows n
        join old_rows o on o.id = n.id
        cross join lateral (
            select jsonb_object_agg(was.key, was.value) as before, jsonb_object_agg(was.key, becomes.value) as after
            from jsonb_each(history_facts(to_jsonb(o))) as was
            join jsonb_each(history_facts(to_jsonb(n))) as becomes on becomes.key = was.key
            where becomes.value <> was.value
        ) as changed
        where changed.after is not null;
    end if;
    return null;
end
$$;

-- Of personal data the history keeps the names of what changed, not the values.
create function public.history_names(was jsonb, becomes jsonb) returns jsonb
language sql immutable parallel safe
as $$
    select jsonb_object_agg(key, '***') from jsonb_each(jsonb_strip_nulls(becomes))
    where key not in ('user_id', 'search') and value is distinct from was -> key
$$;

create function public.write_details_history() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp set enable_nestloop = off set jit = off
as $$
begin
    if tg_op = 'INSERT' then
        insert into audit_log (actor, table_name, row_id, action, after)
        select session_user, tg_table_name, n.user_id, tg_op, history_names('{}', to_jsonb(n)) from new_rows n;
    elsif tg_op = 'DELETE' then
        insert into audit_log (actor, table_name, row_id, action, before)
        select session_user, tg_table_name, o.user_id, tg_op, history_names('{}', to_jsonb(o)) from old_rows o;
    else
        insert into audit_log (actor, table_name, row_id, action, before, after)
        select session_user, tg_table_name, n.user_id, tg_op,
            history_names(to_jsonb(n), to_jsonb(o)), history_names(to_jsonb(o), to_jsonb(n))
        from new_rows n join old_rows o on o.user_id = n.user_id
        where to_jsonb(n) <> to_jsonb(o);
    end if;
    return null;
end
$$;
