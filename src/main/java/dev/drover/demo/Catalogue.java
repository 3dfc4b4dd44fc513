package dev.drover.demo;

import dev.drover.audience.ProductInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.core.io.ClassPathResource;

/** What the dairy sells: {@code demo/products.txt}. */
final class Catalogue {

    /** @param drawing which of the shop's drawings shows it */
    record Good(String category, String drawing, String id, String name, String size, BigDecimal price) {

        ProductInput product() {
            return new ProductInput(id, name + ", " + size, category, price, "EUR", "/shop#" + id, null, true, Map.of("drawing", drawing, "size", size));
        }
    }

    /** How much more is wanted of a category in each month, January first; what isn't named is wanted all year alike. */
    private static final Map<String, double[]> SEASONS = Map.of(
            "Ice cream", new double[] {.2, .2, .4, .8, 1.6, 2.6, 3.2, 2.8, 1.4, .6, .3, .4},
            "Gift boxes", new double[] {.3, .4, .5, .6, .6, .4, .3, .3, .4, .6, 1.4, 3.4},
            "Cream", new double[] {.9, .9, 1, 1.2, 1.4, 1.5, 1.1, .9, .9, 1, 1.2, 2},
            "Butter", new double[] {1, 1, 1.1, 1.2, 1, .9, .8, .8, .9, 1.1, 1.4, 1.8},
            "Kefir and buttermilk", new double[] {1.4, 1.1, 1, 1, 1.2, 1.5, 1.6, 1.5, 1.1, .9, .8, .7});
    private static final Map<String, Double> LIKED = Map.of("Milk", 2.6, "Yogurt", 1.9, "Butter", 1.3, "Cheese", 1.5, "Gift boxes", .22, "Desserts", .8, "Ice cream", .9);

    private final List<Good> goods;

    Catalogue() {
        this.goods = lines("demo/products.txt").map(line -> line.split("\\s*\\|\\s*"))
                .map(part -> new Good(part[0], part[1], part[2], part[3], part[4], new BigDecimal(part[5]))).toList();
    }

    static java.util.stream.Stream<String> lines(String resource) {
        try {
            return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8).lines().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Good> goods() {
        return goods;
    }

    List<String> categories() {
        return goods.stream().map(Good::category).distinct().toList();
    }

    /** One good, as people choose in this month. @param favourite a category this person takes more of */
    Good pick(SplittableRandom random, int month, String favourite) {
        double[] weights = goods.stream().mapToDouble(good -> LIKED.getOrDefault(good.category(), 1.)
                * (SEASONS.containsKey(good.category()) ? SEASONS.get(good.category())[month - 1] : 1) * (good.category().equals(favourite) ? 3 : 1)).toArray();
        double at = random.nextDouble() * Arrays.stream(weights).sum();
        for (int n = 0; n < weights.length; n++) {
            at -= weights[n];
            if (at <= 0) {
                return goods.get(n);
            }
        }
        return goods.getLast();
    }
}
