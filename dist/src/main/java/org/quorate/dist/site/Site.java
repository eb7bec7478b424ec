package org.quorate.dist.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reference site, standing: blades {@code am1}, {@code am2}, ... (off at first), the management module at
 * 192.168.110.47 and a client at 192.168.100.2. Closing it leaves nothing behind.
 */
public final class Site implements AutoCloseable {
    private final Ground ground;
    private final Claim claim;
    private final SortedMap<String, Blade> blades = new TreeMap<>();
    private final Station module;
    private final Station client;

    /**
     * What a site is made of.
     *
     * @param home          the source tree, whose {@code dist/src/main/site} has the script and the sites' disks
     * @param tree          the installed system that the blades run; may be an empty folder
     * @param disks         what the blades' disks have at first, in a folder {@code disk}
     * @param blades        how many blades, from 1 to 14
     * @param claim         the folder that says that a site stands, for those who want to enter or end it
     * @param userNamespace whether to become root by a user namespace instead of being it
     */
    public record Plan(Path home, Path tree, Path disks, int blades, Path claim, boolean userNamespace) {
        /** A plan for the site as its administrator left it. */
        public static Plan amha(Path home) {
            boolean root = System.getProperty("user.name").equals("root");
            Path claim = root ? Path.of("/run/quorate-site")
                    : Path.of(System.getProperty("java.io.tmpdir"), "quorate-site-" + System.getProperty("user.name"));
            claim = Path.of(System.getProperty("quorate.claim", claim.toString()));
            return new Plan(home, home.resolve("dist/target/root"), home.resolve("dist/src/main/site/amha"), 2, claim,
                    !root);
        }
    }

    private Site(Ground ground, Claim claim, int blades) throws IOException {
        this.ground = ground;
        this.claim = claim;
        IntStream.rangeClosed(1, blades).forEach(n -> {
            String name = "am" + n;
            ground.ask("slot", name, Integer.toString(n)).text();
            this.blades.put(name, new Blade(ground, name, n));
        });
        ground.ask("station", "client", "192.168.100.2", "business").text();
        ground.ask("station", "AMM", "192.168.110.47", "cluster").text();
        client = new Station(ground, "client");
        module = new Station(ground, "AMM");
        List<String> command = new ArrayList<>(java(BladeCenter.class));
        command.addAll(List.of("23", "USERID", "PASSW0RD", "/run/quorate-site/ground/AMM/log"));
        this.blades.values().stream().map(Blade::name).forEach(command::add);
        String said = module.start(command.toArray(String[]::new)).inputReader().readLine();
        if (!"ready".equals(said)) {
            throw new IOException("the management module does not start: it says " + said);
        }
    }

    /** Builds the site. Refuses with one line if one stands already. */
    public static Site build(Plan plan) throws IOException {
        Claim claim = Claim.take(plan.claim());
        Ground ground = null;
        try {
            ground = Ground.lay(plan.home().resolve("dist/src/main/site/site.sh"), plan.tree(), plan.disks(),
                    plan.userNamespace());
            claim.write(ground.holder(), ground.pid(), plan.userNamespace());
            return new Site(ground, claim, plan.blades());
        } catch (IOException | RuntimeException e) {
            if (ground != null) {
                ground.close();
            }
            claim.release();
            throw e;
        }
    }

    /** The command that runs a class of this program in a JVM of its own. */
    static List<String> java(Class<?> main, String... words) {
        return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp", System.getProperty("java.class.path"),
                main.getName()), Stream.of(words)).toList();
    }

    /** The blade of that name. */
    public Blade blade(String name) {
        return blades.get(name);
    }

    /** All blades, by name. */
    public List<Blade> blades() {
        return List.copyOf(blades.values());
    }

    /** The management module, on the cluster network. */
    public Station module() {
        return module;
    }

    /** A client on the business network, which is the blades' gateway too. */
    public Station client() {
        return client;
    }

    /**
     * What the management module has switched.
     *
     * @param nanos when it was done, by {@link System#nanoTime}
     * @param what  such as {@code blade 1 off}
     */
    public record Switched(long nanos, String what) {
        /** Whether power was given, not taken. */
        public boolean on() {
            return what.endsWith(" on");
        }
    }

    /** What the management module has switched after a moment of {@link System#nanoTime}, in order. */
    public List<Switched> switchedSince(long nanos) {
        return ground.file("AMM/log").lines().filter(line -> line.matches("\\d+ blade .*"))
                .map(line -> line.split(" ", 2))
                .map(words -> new Switched(Long.parseLong(words[0]), words[1])).filter(s -> s.nanos() > nanos).toList();
    }

    /** Lets the site stand after this program, until somebody ends it. */
    public void leave() throws IOException {
        ground.leave();
    }

    @Override
    public void close() {
        ground.close();
        claim.release();
    }
}
