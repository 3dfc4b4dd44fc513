package dev.drover.cart;

import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What lay in carts, and codes that were given. Both stay as nobody's; a guest's cart loses the address it was filled under. */
@Component
class CartData implements PersonalData {

    private final JdbcClient jdbc;

    CartData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "carts";
    }

    @Override
    public Object held(Person person) {
        return Map.of("carts", jdbc.sql("""
                        SELECT jsonb_build_object('cartId', cart_id, 'items', items, 'total', total, 'currency', currency, 'status', status, 'email', email,
                                   'phone', phone, 'updatedAt', updated_at) FROM cart WHERE customer_id = ? ORDER BY updated_at""")
                        .param(person.id()).query((row, n) -> Json.map(row.getString(1))).list(),
                "discounts", jdbc.sql("""
                        SELECT jsonb_build_object('code', code, 'kind', kind, 'value', value, 'createdAt', created_at, 'expiresAt', expires_at, 'redeemedAt', redeemed_at)
                          FROM discount_code WHERE customer_id = ? ORDER BY created_at""")
                        .param(person.id()).query((row, n) -> Json.map(row.getString(1))).list());
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("""
                UPDATE cart SET customer_id = NULL, anonymous_id = NULL, email = NULL, phone = NULL
                 WHERE customer_id = :id OR customer_id IS NULL AND (lower(email) = :email OR phone = :phone)""")
                .param("id", person.id()).param("email", person.email()).param("phone", person.phone()).update();
        jdbc.sql("UPDATE abandoned_cart SET customer_id = NULL WHERE customer_id = ?").param(person.id()).update();
        jdbc.sql("UPDATE discount_code SET customer_id = NULL WHERE customer_id = ?").param(person.id()).update();
    }
}
