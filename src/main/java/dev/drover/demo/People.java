package dev.drover.demo;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Made-up customers from the countries in {@code demo/people.txt}. Every address ends in {@code .example} (RFC 2606), every number is of a range kept for fiction. */
final class People {

    /** How somebody buys. */
    enum Habit {
        LOYAL(18, 7, 16), REGULAR(30, 20, 45), OCCASIONAL(22, 50, 120), ONCE(15, 400, 800), FRESH(7, 6, 14), LOOKING(8, 0, 0);

        final int share;
        final int shortest;
        final int longest;

        /** @param share of a hundred customers @param shortest and longest: days between two orders */
        Habit(int share, int shortest, int longest) {
            this.share = share;
            this.shortest = shortest;
            this.longest = longest;
        }
    }

    record Person(String id, String firstName, String lastName, String email, @Nullable String phone, String country, ZoneId zone, @Nullable LocalDate birthday,
            Habit habit, String favourite) {}

    private record Country(String code, ZoneId zone, int share, String phones, List<String> first, List<String> last) {

        static Country read(String line) {
            String[] part = line.split("\\s*\\|\\s*", -1);
            return new Country(part[0], ZoneId.of(part[1]), Integer.parseInt(part[2]), part[3], List.of(part[4].split(" ")),
                    List.of(part[5].replace(' ', '\n').replace('_', ' ').split("\n")));
        }
    }

    private static final List<String> POST = List.of("mail.example", "post.example", "letterbox.example", "home.example");

    private People() {}

    static List<Person> of(int count, List<String> categories, SplittableRandom random) {
        var countries = Catalogue.lines("demo/people.txt").map(Country::read).toList();
        var people = new ArrayList<Person>();
        for (int n = 1; n <= count; n++) {
            Country country = weighted(countries, countries.stream().map(Country::share).toList(), random);
            String first = any(country.first(), random);
            String last = any(country.last(), random);
            Habit habit = weighted(List.of(Habit.values()), java.util.Arrays.stream(Habit.values()).map(one -> one.share).toList(), random);
            String email = (ascii(first) + "." + ascii(last) + n + "@" + any(POST, random)).toLowerCase(Locale.ROOT);
            @Nullable String phone = country.phones().isEmpty() || random.nextInt(100) >= 70 ? null : country.phones().chars()
                    .mapToObj(c -> c == 'x' ? Integer.toString(random.nextInt(10)) : Character.toString(c)).collect(Collectors.joining());
            @Nullable LocalDate birthday = random.nextInt(100) < 60 ? LocalDate.of(1945 + random.nextInt(60), 1 + random.nextInt(12), 1 + random.nextInt(28)) : null;
            people.add(new Person("C-%05d".formatted(n), first, last, email, phone, country.code(), country.zone(), birthday, habit, any(categories, random)));
        }
        return people;
    }

    private static String ascii(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z]", "");
    }

    static <T> T any(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private static <T> T weighted(List<T> list, List<Integer> shares, SplittableRandom random) {
        int at = random.nextInt(shares.stream().mapToInt(Integer::intValue).sum());
        for (int n = 0; n < list.size(); n++) {
            at -= shares.get(n);
            if (at < 0) {
                return list.get(n);
            }
        }
        return list.getLast();
    }
}
