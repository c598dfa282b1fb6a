#!/usr/bin/bash
# STAND-IN for the entrypoint of the official image mysql:5.7, as far as the tutorial uses it: whenever there is no database in
# the data directory it makes one, whose root account may log in from everywhere without a password, and then starts the server.
set -Eeuo pipefail

readonly DATA=/var/lib/mysql

initialise() {
  local server
  mysqld --initialize-insecure
  mysqld --skip-networking &
  server=$!
  until mysqladmin --user=root ping > /dev/null 2>&1; do
    kill -0 "$server" || exit 1
    sleep 0.2
  done
  mysql --user=root << 'SQL'
SET SESSION sql_log_bin = 0;
CREATE USER 'root'@'%' IDENTIFIED BY '';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;
SQL
  mysqladmin --user=root shutdown
  wait "$server"
}

if [[ ! -d $DATA/mysql && -z ${MYSQL_ALLOW_EMPTY_PASSWORD:-} ]]; then
  printf 'The database is not initialised, and MYSQL_ALLOW_EMPTY_PASSWORD is not set.\n' >&2
  exit 1
fi
find "$DATA" ! -user mysql -exec chown mysql:mysql {} +
if [[ ! -d $DATA/mysql ]]; then initialise; fi
exec mysqld
