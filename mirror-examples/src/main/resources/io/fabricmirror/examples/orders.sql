-- About twenty relations and 100,000 rows, among them what a mirror cannot take or takes with a warning.
set role pgadmin;

create table customers (id int primary key, name text not null, email text, since date not null);
create table suppliers (id int primary key, name text not null);
create table products (id int primary key, supplier_id int not null references suppliers, title text not null, weight real);
create table orders (id bigserial primary key, customer_id int not null references customers, placed timestamptz not null, state text not null);
create table order_lines (order_id bigint not null references orders, line int not null, product_id int not null, quantity int not null, primary key (order_id, line));
create table payments (id uuid primary key, order_id bigint not null references orders, amount numeric(12, 2) not null);
create table shipments (id int primary key, order_id bigint not null references orders, sent timestamp);
create table "OrderNotes" ("Id" int primary key, "Order" bigint not null, note text);

-- Taken with a warning: no key, jsonb, numeric without scale.
create table audit_log (happened timestamptz not null, actor text not null, deed text not null);
alter table audit_log replica identity full;
create table events (id int primary key, kind text not null, payload jsonb not null);
create table prices (product_id int primary key, amount numeric not null);

-- Not taken: partitioned, a view, unlogged, a space in the name.
create table measurements (at date not null, value double precision) partition by range (at);
create table measurements_2025 partition of measurements for values from ('2025-01-01') to ('2026-01-01');
create table measurements_2026 partition of measurements for values from ('2026-01-01') to ('2027-01-01');
create view open_orders as select * from orders where state = 'open';
create unlogged table session_cache (key text primary key, value bytea);

create schema sales;
create table sales.regions (code char(2) primary key, name text not null);
create table sales.campaigns (id int primary key, region char(2) not null, title varchar(80) not null, budget money);
create table sales.leads (id int primary key, campaign_id int not null, contact text, scored smallint);
create table sales.targets (id int primary key, region char(2) not null, quarter date not null, amount numeric(14, 2));
create table sales."price list" (id int primary key, title text);

-- A table of another role, which the administrator made and may act for.
create role app_owner;
create table legacy_accounts (id int primary key, name text, closed boolean not null default false);
reset role;
alter table legacy_accounts owner to app_owner;
set role pgadmin;

insert into customers select i, 'Customer ' || i, 'c' || i || '@example.com', date '2020-01-01' + i % 2000 from generate_series(1, 8000) i;
insert into suppliers select i, 'Supplier ' || i from generate_series(1, 300) i;
insert into products select i, 1 + i % 300, 'Product ' || i, i % 50 from generate_series(1, 1200) i;
insert into orders (customer_id, placed, state) select 1 + i % 8000, timestamptz '2025-01-01' + i * interval '1 minute', case i % 5 when 0 then 'open' else 'closed' end from generate_series(1, 20000) i;
insert into order_lines select 1 + i % 20000, 1 + i / 20000, 1 + i % 1200, 1 + i % 9 from generate_series(0, 41999) i;
insert into payments select gen_random_uuid(), i, i * 1.25 from generate_series(1, 1000) i;
insert into shipments select i, i, timestamp '2025-01-02' + i * interval '1 minute' from generate_series(1, 6000) i;
insert into "OrderNotes" select i, i, 'Note ' || i from generate_series(1, 2500) i;
insert into audit_log select timestamptz '2025-01-01' + i * interval '1 second', 'user ' || i % 17, 'login' from generate_series(1, 5000) i;
insert into events select i, 'click', jsonb_build_object('n', i) from generate_series(1, 3000) i;
insert into prices select i, i * 0.99 from generate_series(1, 1200) i;
insert into prices select 10000 + i, i from generate_series(1, 800) i;
insert into measurements select date '2025-06-01' + i % 500, i from generate_series(1, 1500) i;
insert into session_cache select 'k' || i, '\x00' from generate_series(1, 400) i;
insert into sales.regions select chr(65 + i) || chr(75 + i), 'Region ' || i from generate_series(1, 12) i;
insert into sales.campaigns select i, chr(66 + i % 12) || chr(76 + i % 12), 'Campaign ' || i, i * 100 from generate_series(1, 1000) i;
insert into sales.leads select i, 1 + i % 1000, 'Lead ' || i, i % 100 from generate_series(1, 4000) i;
insert into sales.targets select i, chr(66 + i % 12) || chr(76 + i % 12), date '2025-01-01', i * 10 from generate_series(1, 488) i;
insert into sales."price list" select i, 'List ' || i from generate_series(1, 100) i;
reset role;
insert into legacy_accounts select i, 'Account ' || i, false from generate_series(1, 1500) i;
