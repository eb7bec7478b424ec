package org.quorate.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The two ways to the system's own log and service manager that Java has no library for, since both are Unix datagram
 * sockets: {@code syslog(3)} and {@code sd_notify(3)}'s protocol.
 */
@SuppressWarnings("restricted")
public final class SystemLog {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SUN_PATH_BYTES = 108;

    private static MethodHandle write;

    private static final List<String> FACILITIES = List.of("kern", "user", "mail", "daemon", "auth", "syslog", "lpr",
            "news", "uucp", "cron", "authpriv", "ftp", "", "", "", "", "local0", "local1", "local2", "local3", "local4",
            "local5", "local6", "local7");

    private SystemLog() {}

    /** The number that {@code syslog.h} gives a facility; daemon's for an unknown word. */
    public static int facility(String word) {
        int number = word.isEmpty() ? -1 : FACILITIES.indexOf(word);
        return number < 0 ? FACILITIES.indexOf("daemon") : number;
    }

    /**
     * Opens the log for this process.
     *
     * @param ident    what lines begin with; kept for the life of the process
     * @param facility as in {@code syslog.h}, such as 3 for daemon or 20 for local4
     */
    public static synchronized void open(String ident, int facility) {
        // syslog(3) keeps the pointer, hence the global arena.
        var name = Arena.global().allocateFrom(ident);
        call("openlog", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                name, 0x01 /* LOG_PID */, facility << 3);
        write = LINKER.downcallHandle(symbol("syslog"),
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }

    /** Writes one line, with a priority of {@code syslog.h}: 3 error, 4 warning, 6 info, 7 debug. */
    public static synchronized void write(int priority, String line) {
        if (write == null) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            write.invokeExact(priority, arena.allocateFrom("%s"), arena.allocateFrom(line));
        } catch (Throwable failed) {
            throw new IllegalStateException("syslog(3)", failed);
        }
    }

    /** Tells systemd that this service is ready, where systemd waits for it. */
    public static void notifyReady() {
        String socket = System.getenv("NOTIFY_SOCKET");
        if (socket != null && !socket.isEmpty()) {
            send(socket, "READY=1\nMAINPID=" + ProcessHandle.current().pid());
        }
    }

    private static void send(String socket, String message) {
        var path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length >= SUN_PATH_BYTES) {
            return;
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(2 + SUN_PATH_BYTES);
            address.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
            var text = message.getBytes(StandardCharsets.UTF_8);
            int fd = (int) call("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            call("sendto", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                    fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, text), (long) text.length, 0, address,
                    2 + path.length);
            call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), fd);
        }
    }

    private static Object call(String function, FunctionDescriptor descriptor, Object... arguments) {
        try {
            return LINKER.downcallHandle(symbol(function), descriptor).invokeWithArguments(arguments);
        } catch (Throwable failed) {
            throw new IllegalStateException(function, failed);
        }
    }

    private static MemorySegment symbol(String function) {
        return LINKER.defaultLookup().find(function)
                .orElseThrow(() -> new IllegalStateException("this system has no " + function));
    }
}
