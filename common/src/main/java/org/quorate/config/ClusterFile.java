package org.quorate.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * cluster.conf as it stands on the disk or comes over the wire: all elements with their places, known or not, or what
 * is wrong with it as XML. Whatever the bytes are, reading them ends, in memory proportional to them, without an
 * exception.
 *
 * @param root     the root element; absent when the file is not well-formed or beyond a limit
 * @param problems what is wrong with it as XML, by place; what it says is judged by {@link ClusterConfig}
 */
public record ClusterFile(Optional<Element> root, List<Problem> problems) {
    /** The largest file, in bytes. */
    public static final int LARGEST = 16 << 20;

    /** The longest value of an attribute, in characters. */
    public static final int LONGEST_ATTRIBUTE = 64 << 10;

    /** How deep elements may be nested, the root counting as 1. */
    public static final int DEEPEST = 100;

    /** The most elements and attributes of a file together. */
    public static final int MOST_PARTS = 1_000_000;

    /** The most attributes of one element. */
    public static final int MOST_ATTRIBUTES = 1_000;

    /** The longest name of an element or attribute, in characters. */
    public static final int LONGEST_NAME = 255;

    /** Bits of the mode of a file; stat(2). */
    private static final int FORMAT = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;

    public ClusterFile {
        problems = List.copyOf(problems);
    }

    /** Parses the bytes of a file. */
    public static ClusterFile parse(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return refused("xml-too-large", "the file is larger than " + LARGEST + " bytes", "");
        }
        Problems problems = new Problems();
        try {
            String text = XmlText.decode(bytes).text();
            if (text.isBlank()) {
                return refused("xml-empty", "the file is empty", "");
            }
            Element root = XmlTree.of(text, problems);
            return new ClusterFile(Optional.of(root), problems.inOrder());
        } catch (XmlFault fault) {
            Problem problem = fault.problem();
            problems.add(problem.at(), problem.severity(), problem.code(), problem.what(), problem.remedy());
            return new ClusterFile(Optional.empty(), problems.inOrder());
        }
    }

    /** Reads a file, never more of it than the limit. One that cannot be read is a finding like any other. */
    public static ClusterFile read(Path file) {
        try {
            return parse(content(file));
        } catch (IOException unreadable) {
            return refused("unreadable", "cannot read the file: " + why(unreadable), "");
        }
    }

    /**
     * The bytes of a file, never more of it than the limit and one.
     *
     * @throws IOException where there is none, or what is there is no file; in one line: what, where, what to do
     */
    public static byte[] bytes(Path file) throws IOException {
        try {
            return content(file);
        } catch (NoSuchFileException none) {
            throw new IOException(file + ": no such file; write one, or copy it from another node of the cluster",
                    none);
        } catch (IOException unreadable) {
            throw new IOException(file + ": cannot read: " + why(unreadable), unreadable);
        }
    }

    /** A pipe without a writer would keep a daemon for ever; only one that a shell hands over is read. */
    private static byte[] content(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        boolean handedOver = file.startsWith("/dev/fd") || file.equals(Path.of("/dev/stdin"));
        if (attributes.isDirectory()) {
            throw new IOException("Is a directory");
        }
        if (attributes.isOther() && !handedOver && !isCharacterDevice(file)) {
            throw new IOException("Is no regular file");
        }
        int size = (int) Math.min(attributes.size(), LARGEST + 1L);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = new byte[size];
            int read = in.readNBytes(first, 0, size);
            // It may be growing, and what is handed over has no size.
            byte[] more = in.readNBytes(LARGEST + 1 - read);
            if (read == size && more.length == 0) {
                return first;
            }
            byte[] all = Arrays.copyOf(first, read + more.length);
            System.arraycopy(more, 0, all, read, more.length);
            return all;
        }
    }

    private static boolean isCharacterDevice(Path file) throws IOException {
        return ((int) Files.getAttribute(file, "unix:mode") & FORMAT) == CHARACTER_DEVICE;
    }

    private static String why(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException _ -> "there is none";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    private static ClusterFile refused(String code, String what, String remedy) {
        Problem problem = new Problem(new Location(1, 1), Problem.Severity.ERROR, what, remedy, code);
        return new ClusterFile(Optional.empty(), List.of(problem));
    }
}
