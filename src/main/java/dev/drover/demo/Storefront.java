package dev.drover.demo;

import dev.drover.audience.Shown;
import dev.drover.kernel.DemoMode;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The demo's shop, as its customers see it: shelves, a cart, an order. */
@Controller
@RequestMapping("/shop")
class Storefront {

    private static final String BASKET = "demo.basket";

    private final DemoMode demo;
    private final Shopping shopping;

    Storefront(DemoMode demo, Shopping shopping) {
        this.demo = demo;
        this.shopping = shopping;
    }

    @ModelAttribute
    void onlyInTheDemo() {
        if (!demo.on()) {
            throw Problem.notFound("There is no shop here: this isn't the demo.");
        }
    }

    @GetMapping
    String shelves(@RequestParam(required = false) @Nullable String cart, @RequestParam(required = false) @Nullable String t, HttpSession session, Model model) {
        if (cart != null && t != null) {
            var restored = shopping.restore(cart, t);
            restored.ifPresent(basket -> session.setAttribute(BASKET, basket));
            return restored.isPresent() ? "redirect:/shop/cart" : "redirect:/shop/cart?lost";
        }
        model.addAttribute("shelves", shopping.shelves());
        return show(session, model, "demo/shelves");
    }

    @PostMapping("/add")
    String add(@RequestParam String product, HttpSession session, HttpServletResponse response, Model model) {
        var before = basket(session);
        return change(session, response, model, basket -> shopping.put(basket, product, before.quantities().getOrDefault(product, 0) + 1), "/shop?added=" + clean(product));
    }

    @GetMapping("/cart")
    String cart(HttpSession session, Model model) {
        return show(session, model, "demo/cart");
    }

    @PostMapping("/cart")
    String quantity(@RequestParam String product, @RequestParam(defaultValue = "") String quantity, HttpSession session, HttpServletResponse response, Model model) {
        return change(session, response, model, basket -> shopping.put(basket, product, number(quantity)), "/shop/cart");
    }

    @PostMapping("/who")
    String introduce(@RequestParam(defaultValue = "") String firstName, @RequestParam(defaultValue = "") String email, @RequestParam(required = false) @Nullable String consent,
            @RequestParam(required = false) @Nullable String timeZone, HttpSession session, HttpServletResponse response, Model model) {
        model.addAttribute("firstName", firstName).addAttribute("email", email);
        return change(session, response, model, basket -> shopping.introduce(basket, firstName, email, consent != null, timeZone), "/shop/cart");
    }

    @PostMapping("/forget")
    String forget(HttpSession session) {
        session.setAttribute(BASKET, shopping.open(null));
        return "redirect:/shop";
    }

    @PostMapping("/order")
    String order(@RequestParam(required = false) @Nullable String code, HttpSession session, HttpServletResponse response, Model model) {
        model.addAttribute("code", code);
        return change(session, response, model, basket -> {
            session.setAttribute("demo.order", shopping.order(basket, code));
            return shopping.open(basket);
        }, "/shop/thanks");
    }

    @GetMapping("/thanks")
    String thanks(HttpSession session, Model model) {
        model.addAttribute("order", session.getAttribute("demo.order"));
        return session.getAttribute("demo.order") == null ? "redirect:/shop" : show(session, model, "demo/thanks");
    }

    /** A mistake is shown on the cart's page, beside its field, and nothing is lost. */
    private String change(HttpSession session, HttpServletResponse response, Model model, UnaryOperator<Basket> change, String next) {
        try {
            session.setAttribute(BASKET, change.apply(basket(session)));
            return "redirect:" + next;
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.REJECTED) {
                throw problem;
            }
            Map<String, String> mistakes = new LinkedHashMap<>();
            problem.errors().forEach(error -> mistakes.putIfAbsent(error.field(), error.message()));
            model.addAttribute("mistakes", mistakes);
            response.setStatus(422);
            return show(session, model, "demo/cart");
        }
    }

    private String show(HttpSession session, Model model, String view) {
        var basket = basket(session);
        var lines = shopping.lines(basket);
        if (!model.containsAttribute("mistakes")) {
            model.addAttribute("mistakes", Map.of());
        }
        model.addAttribute("basket", basket).addAttribute("waits", shopping.waitsForConfirmation(basket)).addAttribute("lines", lines).addAttribute("pieces", basket.pieces())
                .addAttribute("total", Shown.money(Shopping.total(lines), "EUR"));
        return view;
    }

    private Basket basket(HttpSession session) {
        if (session.getAttribute(BASKET) instanceof Basket basket) {
            return basket;
        }
        var basket = shopping.open(null);
        session.setAttribute(BASKET, basket);
        return basket;
    }

    private static int number(String quantity) {
        try {
            return Integer.parseInt(quantity.strip());
        } catch (NumberFormatException e) {
            throw Problem.invalid("quantity", "Take 0 to " + Basket.MOST + " of a thing.");
        }
    }

    private static String clean(String product) {
        return Objects.requireNonNullElse(product, "").replaceAll("[^a-z0-9-]", "");
    }
}
