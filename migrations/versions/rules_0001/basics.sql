-- What columns, indexes and generated columns rest on: it comes before the tables, and never changes in place.

-- How text is sorted and searched: without letter case, Ё as Е, the same on every server whatever its locale.
create function public.sort_key(value text) returns text
language sql immutable parallel safe
as $$
    select lower(translate(value, 'Ёё', 'Ее'))
$$;

-- The day it is at the dealer's, the same on every PC.
create function public.dealer_today() returns date
language plpgsql stable security definer set search_path = pg_catalog, public
as $$
begin
    return (now() at time zone (select timezone from public.dealer where id = 1))::date;
end
$$;
