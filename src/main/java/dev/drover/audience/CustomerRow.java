package dev.drover.audience;

import dev.drover.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.jdbc.core.RowMapper;

class CustomerRow implements RowMapper<Customer> {

    @Override
    public Customer mapRow(ResultSet row, int number) throws SQLException {
        String zone = row.getString("time_zone");
        return new Customer(
                row.getLong("id"),
                row.getString("external_id"),
                row.getString("guest_id"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("push_token"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("country"),
                zone == null ? null : ZoneId.of(zone),
                row.getObject("birthday", LocalDate.class),
                Json.map(row.getString("attributes")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
