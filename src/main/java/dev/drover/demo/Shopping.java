package dev.drover.demo;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.Customers;
import dev.drover.audience.EventInput;
import dev.drover.audience.EventIntake;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.audience.Product;
import dev.drover.audience.Products;
import dev.drover.audience.Shown;
import dev.drover.cart.Carts;
import dev.drover.cart.Discounts;
import dev.drover.consent.Consents;
import dev.drover.eventlog.Event;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.EmailAddress;
import dev.drover.kernel.Problem;
import dev.drover.kernel.SignedTokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the demo's shop does: it tells Drover of carts, people and orders exactly as any shop would by the API. */
@Component
class Shopping {

    /** A product on its shelf. @param drawing which of the shop's drawings shows it @param price with its currency */
    record OnShelf(Product product, String drawing, String name, String size, String price) {}

    /** A line as the pages show it. */
    record Line(Product product, int quantity, BigDecimal total) {}

    private final Catalogue catalogue = new Catalogue();
    private final Products products;
    private final CustomerIntake customers;
    private final EventIntake events;
    private final OrderIntake orders;
    private final Carts carts;
    private final Customers people;
    private final Consents consents;
    private final Discounts discounts;
    private final SignedTokens tokens;
    private final SecureRandom random;

    Shopping(Products products, CustomerIntake customers, EventIntake events, OrderIntake orders, Carts carts, Customers people, Consents consents, Discounts discounts,
            SignedTokens tokens, SecureRandom random) {
        this.products = products;
        this.customers = customers;
        this.events = events;
        this.orders = orders;
        this.carts = carts;
        this.people = people;
        this.consents = consents;
        this.discounts = discounts;
        this.tokens = tokens;
        this.random = random;
    }

    Basket open(@Nullable Basket before) {
        return Basket.empty("shop-" + id(), before);
    }

    /** By category, as on the shelves. */
    Map<String, List<OnShelf>> shelves() {
        var ours = catalogue.goods().stream().collect(Collectors.toMap(Catalogue.Good::id, Function.identity()));
        var shelves = new LinkedHashMap<String, List<OnShelf>>();
        catalogue.categories().forEach(category -> shelves.put(category, new ArrayList<>()));
        for (Product product : products.active()) {
            var good = ours.get(product.externalId());
            String price = Shown.money(product.price(), product.currency());
            shelves.computeIfAbsent(Objects.requireNonNullElse(product.category(), "More"), name -> new ArrayList<>()).add(good == null
                    ? new OnShelf(product, "box", product.name(), "", price) : new OnShelf(product, good.drawing(), good.name(), good.size(), price));
        }
        shelves.values().removeIf(List::isEmpty);
        return shelves;
    }

    List<Line> lines(Basket basket) {
        var known = products.byExternalIds(basket.quantities().keySet());
        return basket.quantities().entrySet().stream().filter(entry -> known.containsKey(entry.getKey())).map(entry -> {
            var product = known.get(entry.getKey());
            return new Line(product, entry.getValue(), product.price().multiply(BigDecimal.valueOf(entry.getValue())));
        }).toList();
    }

    static BigDecimal total(List<Line> lines) {
        return lines.stream().map(Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** @throws Problem for a product that isn't sold, or an impossible quantity */
    Basket put(Basket basket, String product, int quantity) {
        var sold = products.byExternalId(product).filter(Product::active);
        if (sold.isEmpty()) {
            throw Problem.invalid("product", "We don’t sell that.");
        }
        if (quantity < 0 || quantity > Basket.MOST) {
            throw Problem.invalid("quantity", "Take 0 to " + Basket.MOST + " of a thing.");
        }
        return tell(basket.with(product, quantity));
    }

    /** @throws Problem with the fields that are wrong */
    Basket introduce(Basket basket, String firstName, String email, boolean consent, @Nullable String timeZone) {
        new Checks().required("firstName", firstName).atMost("firstName", firstName, 100).required("email", email).email("email", email.isBlank() ? null : email.strip())
                .orThrow();
        String address = EmailAddress.normal(email);
        // The same address is the same customer, here and after a restart; the id doesn't tell the address.
        String id = "shop-" + tokens.sign("shop-customer", address).substring(0, 16);
        var zone = timeZone == null || !new Checks().zone("timeZone", timeZone).ok() || timeZone.isBlank() ? null : timeZone;
        // An empty box takes nothing back from somebody who agreed before: that is what the preferences page is for.
        var given = consent ? new CustomerInput.Consent(true, null, null, "shop", null) : null;
        customers.take(new CustomerInput(id, address, null, null, firstName.strip(), null, null, zone, null, null, given), Event.Origin.LIVE);
        return tell(basket.of(id, firstName.strip()));
    }

    /** Whether somebody who agreed must confirm it from the mailbox yet. */
    boolean waitsForConfirmation(Basket basket) {
        return basket.customerId() != null && people.byExternalId(basket.customerId()).filter(one -> consents.of(one.id()).get(Channel.EMAIL).pending()).isPresent();
    }

    private Optional<Discounts.Discount> discount(@Nullable String code, BigDecimal total) {
        if (code == null || code.isBlank()) {
            return Optional.empty();
        }
        var discount = discounts.usable(code).orElseThrow(() ->
                Problem.invalid("code", "“" + code.strip() + "” isn’t a code we know, or it has been used or has expired."));
        if (discount.minValue() != null && total.compareTo(discount.minValue()) < 0) {
            throw Problem.invalid("code", "This code is for orders from " + Shown.money(discount.minValue(), "EUR") + " on. It stays good.");
        }
        return Optional.of(discount);
    }

    /** @param paid with its currency */
    record Placed(String number, String paid) implements java.io.Serializable {}

    /** @throws Problem for an empty cart, somebody unknown, a code that isn't good */
    Placed order(Basket basket, @Nullable String code) {
        var lines = lines(basket);
        if (lines.isEmpty()) {
            throw Problem.invalid("cart", "There is nothing in your cart yet.");
        }
        if (basket.customerId() == null) {
            throw Problem.invalid("email", "Tell us who you are first.");
        }
        var total = total(lines);
        var discount = discount(code, total);
        var paid = discount.map(one -> one.reduce(total)).orElse(total);
        // Fine enough that the lines add up to what was paid, to the cent.
        var share = paid.divide(total, 10, RoundingMode.HALF_UP);
        // One basket makes one order, also when the button is pressed twice.
        String number = "W-" + basket.cartId().substring("shop-".length());
        orders.take(new OrderInput(number, basket.customerId(), null, "EUR", lines.stream().map(line -> new OrderInput.Line(line.product().externalId(),
                BigDecimal.valueOf(line.quantity()), line.product().price().multiply(share).setScale(8, RoundingMode.HALF_UP), line.product().name())).toList(),
                basket.cartId(), discount.map(Discounts.Discount::code).orElse(null)), Event.Origin.LIVE);
        return new Placed(number, Shown.money(paid, "EUR"));
    }

    /** A cart that a reminder led back to. @param token proof that the link was ours */
    Optional<Basket> restore(String cartId, String token) {
        return tokens.verify("shop-cart", token).filter(cartId::equals).flatMap(carts::content).map(content -> {
            var quantities = new LinkedHashMap<String, Integer>();
            content.items().forEach(item -> quantities.put(item.productId(), Math.min(item.quantity(), Basket.MOST)));
            return new Basket(cartId, quantities, content.customerExternalId(), null);
        });
    }

    private Basket tell(Basket basket) {
        var items = lines(basket).stream().map(line -> Map.<String, Object>of("productId", line.product().externalId(), "quantity", line.quantity(),
                "unitPrice", line.product().price())).toList();
        events.takeAll(List.of(new EventInput("shop-event-" + id(), "cart.updated", basket.customerId(), basket.customerId() == null ? basket.cartId() : null, null,
                Map.of("cartId", basket.cartId(), "currency", "EUR", "items", items))), "", Event.Origin.LIVE);
        return basket;
    }

    private String id() {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
