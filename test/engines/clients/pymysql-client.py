"""Runs statements as a Python program does. The address and the login are in the environment, the statements, one a line, on standard
input. Prints each row on a line, with tabs between the columns."""

import os
import sys

import pymysql


def main() -> None:
    authority = os.environ["DB_CA"]
    connection = pymysql.connect(
        host=os.environ["DB_HOST"],
        port=int(os.environ["DB_PORT"]),
        user=os.environ["DB_USER"],
        password=os.environ["DB_PASSWORD"],
        database=os.environ["DB_NAME"],
        connect_timeout=5,
        autocommit=True,
        # The address is a number here, which the certificate does not name; who signed it is checked.
        **({"ssl_ca": authority, "ssl_verify_cert": True, "ssl_verify_identity": False} if authority else {"ssl_disabled": True}),
    )
    with connection, connection.cursor() as cursor:
        for statement in sys.stdin:
            cursor.execute(statement.strip())
            for row in cursor.fetchall():
                print("\t".join(map(str, row)))


main()
