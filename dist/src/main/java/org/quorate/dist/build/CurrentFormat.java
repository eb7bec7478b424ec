package org.quorate.dist.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies jars, with class files of before Java 6 rewritten to the current format.
 *
 * <p>An ahead-of-time cache leaves classes out that have no stack maps, because it cannot verify them when it is made;
 * they would be parsed and verified at each start. Jars without such classes are copied as they are.
 *
 * <p>{@code CurrentFormat FROM-FOLDER TO-FOLDER}
 */
public final class CurrentFormat {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    // Any moment will do if it is always the same: caches are bound to it.
    private static final FileTime THEN = FileTime.fromMillis(1_767_225_600_000L);

    private CurrentFormat() {}

    /** Copies all jars of a folder. */
    public static void main(String[] folders) throws IOException {
        Path from = Path.of(folders[0]);
        Path to = Files.createDirectories(Path.of(folders[1]));
        List<Path> jars;
        try (var files = Files.list(from)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        for (Path jar : jars) {
            Path copy = to.resolve(jar.getFileName());
            int rewritten = copy(jar, copy);
            Files.setLastModifiedTime(copy, THEN);
            if (rewritten > 0) {
                System.out.println(jar.getFileName() + ": " + rewritten + " classes brought to the current format");
            }
        }
    }

    /** Copies one jar; returns how many of its classes had to be rewritten. */
    static int copy(Path jar, Path copy) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            ClassHierarchyResolver relatives = ClassHierarchyResolver.ofResourceParsing(name -> open(in, name))
                    .orElse(ClassHierarchyResolver.defaultResolver());
            ClassFile format = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.ClassHierarchyResolverOption.of(relatives));
            List<JarEntry> entries = in.stream().toList();
            int old = 0;
            for (JarEntry entry : entries) {
                old += entry.getName().endsWith(".class") && isOld(read(in, entry)) ? 1 : 0;
            }
            if (old == 0) {
                Files.copy(jar, copy);
                return 0;
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy))) {
                for (JarEntry entry : entries) {
                    byte[] content = read(in, entry);
                    JarEntry renewed = new JarEntry(entry.getName());
                    renewed.setLastModifiedTime(THEN);
                    out.putNextEntry(renewed);
                    out.write(entry.getName().endsWith(".class") && isOld(content) ? renew(format, content) : content);
                    out.closeEntry();
                }
            }
            return old;
        }
    }

    private static boolean isOld(byte[] content) {
        return content.length > 8 && ((content[6] & 0xff) << 8 | content[7] & 0xff) < FIRST_WITH_STACK_MAPS;
    }

    private static byte[] renew(ClassFile format, byte[] content) {
        ClassModel model = format.parse(content);
        // Each method body is taken apart and put together again, by which it gets its stack maps.
        ClassTransform bodies = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        var current = ClassFileVersion.of(ClassFile.latestMajorVersion(), 0);
        return format.transformClass(model, bodies.andThen(ClassTransform.endHandler(type -> type.with(current))));
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(JarFile jar, java.lang.constant.ClassDesc type) {
        String descriptor = type.descriptorString();
        var entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
