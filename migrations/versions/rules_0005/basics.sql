-- What columns, indexes and generated columns rest on: it comes before the tables, and never changes in place.

-- How text is sorted and searched: without letter case, Ё as Е, the same on every server whatever its locale.
create function public.sort_key(value text) returns text
language sql immutable parallel safe
as $$
    select lower(translate(value, 'Ёё', 'Ее'))
$$;

-- Text as a person meant it: without the characters that nobody sees, and without white space around it.
-- Joiners (Persian, emoji) and marks of an emoji's look stay between other characters; alone they say nothing.
-- dealer_desktop/domain/cleaning.py does the same for what is typed.
create function public.clean(value text) returns text
language sql immutable parallel safe
as $$
    select btrim(
        case when octet_length(value) = char_length(value) then value else regexp_replace(regexp_replace(value,
            '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f'
            || '\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+', '', 'g'),
            '^[\s\u200c\u200d\ufe00-\ufe0f]+$', '') end,
        E' \t\r\n\f\x0b\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'
        || E'\u2028\u2029\u202f\u205f\u3000')
$$;

-- Equal for numbers that a person takes for the same: "TX-1", " tx-1 ", Cyrillic "ТХ-1".
create function public.number_key(value text) returns text
language sql immutable parallel safe
as $$
    select translate(upper(regexp_replace(public.clean(value), '[\s\u200c\u200d\ufe00-\ufe0f]+', '', 'g')),
        'АВЕКМНОРСТУХІЈЅавекмнорстухіјѕ', 'ABEKMHOPCTYXIJSABEKMHOPCTYXIJS')
$$;

-- The day it is at the dealer's, the same on every PC.
create function public.dealer_today() returns date
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    return (now() at time zone (select timezone from public.dealer where id = 1))::date;
end
$$;
