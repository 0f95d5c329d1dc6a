-- Every window learns of a change by one small message a statement, on the channel dealer_changes:
-- {"table": "cars", "op": "UPDATE", "ids": [1, 2]}, or "ids": "many" above a hundred.

create function public.send_change(table_name text, operation text, ids bigint[]) returns void
language sql
as $$
    select pg_notify('dealer_changes', json_build_object('table', table_name, 'op', operation, 'ids',
        case when cardinality(ids) > 100 then '"many"'::json else to_json(ids) end)::text)
    where cardinality(ids) > 0
$$;

-- What belongs to a car (a photo, a report, a review) says that the car is to be read again, too: argument "of a car".
create function public.notify_change() returns trigger
language plpgsql
as $$
declare
    ids bigint[];
    cars bigint[];
begin
    if tg_op = 'DELETE' then
        ids := array(select id from old_rows limit 101);
        if tg_nargs > 0 then
            cars := array(select distinct car_id from old_rows limit 101);
        end if;
    else
        ids := array(select id from new_rows limit 101);
        if tg_nargs > 0 then
            cars := array(select distinct car_id from new_rows limit 101);
        end if;
    end if;
    perform public.send_change(tg_table_name, tg_op, ids);
    perform public.send_change('cars', 'UPDATE', cars);
    return null;
end
$$;

-- A customer's details are read with the customer.
create function public.notify_details() returns trigger
language plpgsql
as $$
declare
    ids bigint[];
begin
    if tg_op = 'DELETE' then
        ids := array(select user_id from old_rows limit 101);
    else
        ids := array(select user_id from new_rows limit 101);
    end if;
    perform public.send_change(tg_table_name, tg_op, ids);
    perform public.send_change('users', 'UPDATE', ids);
    return null;
end
$$;
