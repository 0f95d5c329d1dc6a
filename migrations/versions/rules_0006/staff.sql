-- Who is signed in, what they may do, and the functions that alone make and change staff and their logins.
-- A login is a person's e-mail in lower case, a member of dealer_sales, dealer_manager or dealer_admin.

-- What the person who is signed in may do; null is nobody, and may nothing. The tables' owner and a superuser are
-- admins; a person is the lower of group and row. A server without the groups knows no persons: everybody is admin.
create function public.dealer_role() returns public.user_role
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    by_group user_role;
    by_row user_role;
begin
    if session_user = (select pg_get_userbyid(relowner) from pg_class where oid = 'public.users'::regclass)
        or to_regrole('dealer_sales') is null
        or (select rolsuper from pg_roles where rolname = session_user)
    then
        return 'admin';
    end if;
    by_group := case
        when pg_has_role(session_user, to_regrole('dealer_admin'), 'USAGE') then 'admin'
        when pg_has_role(session_user, to_regrole('dealer_manager'), 'USAGE') then 'manager'
        when pg_has_role(session_user, to_regrole('dealer_sales'), 'USAGE') then 'salesperson'
    end;
    select role into by_row from users where lower(email) = session_user and is_active and role <> 'customer';
    -- least() would pass over a null.
    return case when by_group is not null and by_row is not null then least(by_group, by_row) end;
end
$$;

-- The person who is signed in, by their row; null for the owner, and where nobody is.
create function public.dealer_person() returns bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$
    select id from public.users where lower(email) = session_user and is_active and role <> 'customer'
$$;

-- For what only the dealership's people do, whichever of them.
create function public.require_staff(rule text, sentence text) returns void
language plpgsql
as $$
begin
    if not coalesce(public.dealer_role() in ('salesperson', 'manager', 'admin'), false) then
        raise exception using errcode = 'insufficient_privilege', constraint = rule, message = sentence;
    end if;
end
$$;

create function public.require_admin(rule text, sentence text) returns void
language plpgsql
as $$
begin
    if not coalesce(public.dealer_role() = 'admin', false) then
        raise exception using errcode = 'insufficient_privilege', constraint = rule, message = sentence;
    end if;
end
$$;

-- Every change of staff begins here: by an admin, and one after the other, so that two cannot remove the last two.
create function public.staff_begin() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform require_admin('users_staff_by_admin', 'Only an admin changes staff.');
    perform from dealer where id = 1 for update;
end
$$;

create function public.staff_row(login text) returns public.users
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    found_row users;
begin
    select * into found_row from users where lower(email) = lower(clean(login)) and role <> 'customer' for update;
    if not found then
        perform refuse('users_staff_known', 'Nobody of the staff has this e-mail.');
    end if;
    return found_row;
end
$$;

-- The group of a role.
create function public.staff_group(kind public.user_role) returns text
language sql immutable
as $$
    select case kind when 'salesperson' then 'dealer_sales' when 'manager' then 'dealer_manager'
        when 'admin' then 'dealer_admin' end
$$;

-- Makes the login as its row says: there or not, in its group alone, with this password where one is given. A login
-- that somebody else made is never touched: it may be the server's own.
create function public.staff_login(login text, verifier text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    person users := staff_row(login);
    name text := lower(person.email);
    known pg_roles;
    we pg_roles;
    grp text;
begin
    if to_regrole('dealer_sales') is null then
        return;
    end if;
    if name not like '%@%' then
        -- Else it could be a group's, or the server's own.
        perform refuse('users_staff_login_ours', 'A staff member signs in with an e-mail address.');
    end if;
    select * into we from pg_roles where rolname = current_user;
    if verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
        perform refuse('users_staff_password_hidden', 'A password is sent as its SCRAM verifier alone.');
    end if;
    select * into known from pg_roles where rolname = name;
    if not found then
        execute format('create role %I nosuperuser nocreatedb nocreaterole noreplication nobypassrls', name);
    elsif known.rolsuper or known.rolcreaterole or known.rolcreatedb or known.rolreplication or known.rolbypassrls
        or not (we.rolsuper or exists (
            select from pg_auth_members where roleid = known.oid and member = we.oid and admin_option))
    then
        perform refuse('users_staff_login_ours', 'The server has a login of this name that is not the dealership''s.');
    end if;
    execute format('alter role %I %s', name, case when person.is_active then 'login' else 'nologin' end);
    if verifier is not null then
        execute format('alter role %I password %L', name, verifier);
    end if;
    foreach grp in array array['dealer_sales', 'dealer_manager', 'dealer_admin'] loop
        if person.is_active and grp = staff_group(person.role) then
            execute format('grant %I to %I', grp, name);
        elsif exists (
            select from pg_auth_members
            where roleid = to_regrole(grp) and member = (select oid from pg_roles where rolname = name)
        ) then
            execute format('revoke %I from %I', grp, name);
        end if;
    end loop;
end
$$;

create function public.staff_keep_an_admin() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (select from users where role = 'admin' and is_active) then
        perform refuse('users_last_admin', 'The last active admin stays.');
    end if;
end
$$;

create function public.staff_add(email text, full_name text, role public.user_role, phone text, verifier text) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    added bigint;
begin
    perform staff_begin();
    if role = 'customer' then
        perform refuse('users_keep_kind', 'A customer is no staff.');
    end if;
    insert into users (email, full_name, role, phone)
    values (lower(clean(staff_add.email)), staff_add.full_name, staff_add.role, staff_add.phone)
    returning id into added;
    perform staff_login(staff_add.email, verifier);
    return added;
end
$$;

create function public.staff_role(email text, role public.user_role) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    person users;
begin
    perform staff_begin();
    person := staff_row(staff_role.email);
    update users set role = staff_role.role where id = person.id;
    if person.role = 'admin' then
        perform staff_keep_an_admin();
    end if;
    perform staff_login(staff_role.email, null);
end
$$;

create function public.staff_rename(email text, new_email text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    person users;
    old_name text;
    new_name text := lower(clean(new_email));
begin
    perform staff_begin();
    person := staff_row(staff_rename.email);
    old_name := lower(person.email);
    if old_name = new_name then
        return;
    end if;
    if old_name = session_user then
        perform refuse('users_rename_by_another', 'Another admin changes the e-mail that you sign in with.');
    end if;
    if to_regrole('dealer_sales') is not null then
        if exists (select from pg_roles where rolname = new_name) then
            perform refuse('users_staff_login_ours', 'The server has a login of this name already.');
        elsif exists (select from pg_roles where rolname = old_name) then
            -- Looked at before it is renamed: it must be one of ours.
            perform staff_login(old_name, null);
            execute format('alter role %I rename to %I', old_name, new_name);
        end if;
    end if;
    update users set email = new_name where id = person.id;
    perform staff_login(new_name, null);
end
$$;

-- Also where the login was lost: it is made again.
create function public.staff_password(email text, verifier text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform staff_begin();
    perform staff_login(staff_password.email, verifier);
end
$$;

create function public.staff_off(email text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    person users;
begin
    perform staff_begin();
    person := staff_row(staff_off.email);
    update users set is_active = false where id = person.id;
    if person.role = 'admin' then
        perform staff_keep_an_admin();
    end if;
    perform staff_login(staff_off.email, null);
end
$$;

create function public.staff_on(email text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    person users;
begin
    perform staff_begin();
    person := staff_row(staff_on.email);
    update users set is_active = true where id = person.id;
    perform staff_login(staff_on.email, null);
end
$$;

-- Ends the sessions of somebody who is not active any more: how many. After the commit of staff_off, else a new one
-- begins in between.
create function public.staff_end(email text) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    person users;
begin
    perform staff_begin();
    person := staff_row(staff_end.email);
    if person.is_active then
        perform refuse('users_end_inactive', 'Only the sessions of somebody who was made inactive are ended.');
    end if;
    return (
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where usename = lower(person.email) and datname = current_database()
    );
end
$$;
