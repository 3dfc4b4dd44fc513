package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import java.util.regex.Pattern;

/** Where a rule file stands below the rules folder: {@code segments/lapsed.drl}, {@code eligibility/frequency-caps.drl.xlsx}. */
final class RulePath {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}\\.drl(\\.xlsx)?");
    private static final Pattern PATH = Pattern.compile("(segments|eligibility|triggers|content)/" + NAME.pattern());
    private static final String TABLE = ".drl.xlsx";

    private RulePath() {}

    /** @throws Problem rejected when no rule file can stand there */
    static String require(String path) {
        if (!PATH.matcher(path).matches()) {
            throw Problem.invalid("path", "A rule file's path is its group and name, such as segments/lapsed.drl or eligibility/caps.drl.xlsx.");
        }
        return path;
    }

    static String requireText(String path) {
        if (isTable(path)) {
            throw Problem.invalid("path", "%s is a decision table: upload its workbook.".formatted(path));
        }
        return require(path);
    }

    static String requireTable(String path) {
        if (!isTable(path)) {
            throw Problem.invalid("path", "A decision table's name ends with %s.".formatted(TABLE));
        }
        return require(path);
    }

    /** Whether a file in the folder is meant as rules; what editors leave lying about isn't. */
    static boolean isRuleFile(String name) {
        return NAME.matcher(name).matches();
    }

    static String group(String path) {
        return path.substring(0, path.indexOf('/'));
    }

    static boolean isTable(String path) {
        return path.endsWith(TABLE);
    }
}
