package org.quorate.dist.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the manual pages of an installed system: Markdown becomes roff, what is roff already is copied. A page
 * {@code NAME.md} whose title is {@code NAME(SECTION)} becomes {@code manSECTION/NAME.SECTION}, unless there is a page
 * {@code NAME.SECTION} in the same folder.
 *
 * <p>{@code ManualPages FROM-FOLDER TO-FOLDER}
 */
public final class ManualPages {
    private ManualPages() {}

    /** Makes all pages of a folder. */
    public static void main(String[] folders) throws IOException {
        Path to = Path.of(folders[1]);
        List<Path> pages;
        try (var files = Files.list(Path.of(folders[0]))) {
            pages = files.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path page : pages) {
            String file = page.getFileName().toString();
            if (file.matches(".+\\.[1-8]")) {
                install(to, file, Files.readString(page));
            } else if (file.endsWith(".md")) {
                ManualPage made = ManualPage.of(Files.readString(page));
                if (!pages.contains(page.resolveSibling(made.file()))) {
                    install(to, made.file(), made.roff());
                }
            }
        }
    }

    private static void install(Path to, String file, String roff) throws IOException {
        Path folder = Files.createDirectories(to.resolve("man" + file.substring(file.length() - 1)));
        Files.writeString(folder.resolve(file), roff);
    }
}
