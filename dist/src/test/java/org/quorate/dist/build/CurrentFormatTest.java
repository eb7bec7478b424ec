package org.quorate.dist.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentFormatTest {
    @TempDir
    private Path folder;

    @Test
    void aClassOfOldIsBroughtToTheCurrentFormatAndStillWorks() throws Exception {
        byte[] old = inFormat(ClassFile.JAVA_5_VERSION, classFile());
        Path copy = folder.resolve("copy.jar");
        assertThat(CurrentFormat.copy(jar(old), copy)).isEqualTo(1);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {copy.toUri().toURL()}, null)) {
            byte[] renewed = loader.getResourceAsStream(Branching.class.getName().replace('.', '/') + ".class")
                    .readAllBytes();
            assertThat(ClassFile.of().parse(renewed).majorVersion()).isEqualTo(ClassFile.latestMajorVersion());
            assertThat(ClassFile.of().verify(renewed)).isEmpty();
            Object answer = loader.loadClass(Branching.class.getName()).getMethod("longest", String[].class)
                    .invoke(null, (Object) new String[] {"a", "ccc", "bb"});
            assertThat(answer).isEqualTo("ccc");
        }
    }

    @Test
    void aJarOfTodayIsCopiedAsItIs() throws IOException {
        Path jar = jar(classFile());
        Path copy = folder.resolve("copy.jar");
        assertThat(CurrentFormat.copy(jar, copy)).isZero();
        assertThat(copy).hasSameBinaryContentAs(jar);
    }

    private static byte[] classFile() throws IOException {
        try (var in = Branching.class.getResourceAsStream("CurrentFormatTest$Branching.class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] inFormat(int major, byte[] content) {
        ClassFile withoutMaps = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
        return withoutMaps.transformClass(withoutMaps.parse(content),
                ClassTransform.endHandler(type -> type.with(ClassFileVersion.of(major, 0))));
    }

    private Path jar(byte[] content) throws IOException {
        Path jar = folder.resolve("one.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(Branching.class.getName().replace('.', '/') + ".class"));
            out.write(content);
            out.closeEntry();
        }
        return jar;
    }

    /** Has branches and loops, which are what needs stack maps. */
    public static final class Branching {
        private Branching() { }

        /** The first of the longest. */
        public static String longest(String[] texts) {
            String found = "";
            for (String text : texts) {
                if (text.length() > found.length()) {
                    found = text;
                }
            }
            return found;
        }
    }
}
