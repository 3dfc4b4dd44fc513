package dev.drover.audience.imports;

import dev.drover.audience.Shown;
import dev.drover.kernel.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file holds, and which fields its columns can fill. */
enum ImportKind {
    TRANSACTIONS(
            field("orderId", true, "invoiceno", "invoice", "invoicenumber", "ordernumber", "orderno", "order", "transactionid"),
            field("placedAt", true, "invoicedate", "orderdate", "date", "orderedat", "timestamp", "createdat", "datetime"),
            field("productId", true, "stockcode", "sku", "itemid", "productcode", "itemcode", "product", "article"),
            field("quantity", true, "qty", "units", "amount"),
            field("unitPrice", true, "price", "itemprice", "unitcost"),
            field("productName", false, "description", "title", "itemname", "name"),
            field("customerId", false, "customer", "userid", "clientid", "customernumber"),
            field("country", false, "customercountry"),
            field("currency", false, "currencycode")),
    CUSTOMERS(
            field("externalId", true, "id", "customerid", "customer", "userid", "customernumber"),
            field("email", false, "emailaddress", "mail"),
            field("phone", false, "phonenumber", "mobile", "telephone"),
            field("firstName", false, "givenname", "forename"),
            field("lastName", false, "surname", "familyname"),
            field("country", false, "countrycode"),
            field("timeZone", false, "tz"),
            field("birthday", false, "birthdate", "dateofbirth", "dob"),
            field("consentEmail", false, "emailconsent", "emailoptin", "acceptsmarketing", "newsletter"),
            field("consentSms", false, "smsconsent", "smsoptin"),
            field("consentPush", false, "pushconsent", "pushoptin")),
    PRODUCTS(
            field("externalId", true, "id", "sku", "productid", "stockcode", "code"),
            field("name", true, "title", "description", "productname"),
            field("price", true, "unitprice"),
            field("category", false, "producttype", "group"),
            field("currency", false, "currencycode"),
            field("url", false, "link"),
            field("imageUrl", false, "image", "imagelink"),
            field("active", false, "available")),
    EVENTS(
            field("eventId", true, "id"),
            field("name", true, "event", "eventname", "type"),
            field("customerId", false, "customer", "userid"),
            field("anonymousId", false, "sessionid", "deviceid"),
            field("occurredAt", false, "timestamp", "date", "time", "createdat"),
            field("properties", false, "data", "payload"));

    /** @param alsoCalled other names of such a column, in small letters and digits only */
    record Field(String name, boolean required, Set<String> alsoCalled) {

        public String label() {
            return Shown.words(name);
        }
    }

    private final List<Field> fields;

    ImportKind(Field... fields) {
        this.fields = List.of(fields);
    }

    List<Field> fields() {
        return fields;
    }

    public String label() {
        return Shown.words(key());
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Customers carry attributes and events properties of any name. */
    boolean takes(String field) {
        return fields.stream().anyMatch(known -> known.name().equals(field))
                || this == CUSTOMERS && field.matches("attributes\\..+") || this == EVENTS && field.matches("properties\\..+");
    }

    /** @throws Problem rejected when there is no such kind */
    static ImportKind of(String key) {
        for (ImportKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw Problem.invalid("kind", "There is no kind of import '%s'. Use transactions, customers, products or events."
                .formatted(key.length() > 40 ? key.substring(0, 40) : key));
    }

    private static Field field(String name, boolean required, String... alsoCalled) {
        return new Field(name, required, Set.of(alsoCalled));
    }
}
