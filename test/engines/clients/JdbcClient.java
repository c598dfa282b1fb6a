// Runs statements as a Java program does: java -cp DRIVER JdbcClient.java. The address and the login are in the environment,
// the statements, one a line, on standard input. Prints each row on a line, with tabs between the columns.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;

public final class JdbcClient {
  public static void main(String[] arguments) throws Exception {
    var environment = System.getenv();
    var url = environment.get("DB_URL");
    var input = new BufferedReader(new InputStreamReader(System.in));
    try (var connection = DriverManager.getConnection(url, environment.get("DB_USER"), environment.get("DB_PASSWORD"));
        var statement = connection.createStatement()) {
      for (var line = input.readLine(); line != null; line = input.readLine()) run(statement, line);
    }
  }

  private static void run(Statement statement, String text) throws SQLException {
    if (!statement.execute(text)) return;
    try (var rows = statement.getResultSet()) {
      while (rows.next()) System.out.println(row(rows));
    }
  }

  private static String row(ResultSet rows) throws SQLException {
    var columns = new ArrayList<String>();
    for (var number = 1; number <= rows.getMetaData().getColumnCount(); number++) columns.add(rows.getString(number));
    return String.join("\t", columns);
  }
}
