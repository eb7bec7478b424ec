package org.quorate.tools.words;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.quorate.wire.Refused;

/** What goes wrong, in the words that administrators know from strerror(3) and scripts look for. */
public enum Errno {
    /** No file, socket, node or service of that name. */
    ENOENT("No such file or directory"),
    /** A file or socket that is not for this user. */
    EACCES("Permission denied"),
    /** Not for this user; refusals of daemons are told apart no further. */
    EPERM("Permission denied"),
    /** In use. */
    EBUSY("Device or resource busy"),
    /** Nonsense was asked for. */
    EINVAL("Invalid argument"),
    /** It is being done. */
    EALREADY("Operation already in progress"),
    /** The node is in no cluster. */
    ENOTCONN("Transport endpoint is not connected"),
    /** Nobody listens there. */
    ECONNREFUSED("Connection refused"),
    /** Not now. */
    EAGAIN("Resource temporarily unavailable"),
    /** A query that finds nothing. */
    ENODATA("No data available"),
    /** This version cannot do it. */
    ENOSYS("Function not implemented");

    private final String words;

    Errno(String words) {
        this.words = words;
    }

    /** As strerror(3) says. */
    public String words() {
        return words;
    }

    /** A daemon's refusal: by its code, else as the daemon says itself. */
    public static String inWords(Refused refused) {
        for (var errno : values()) {
            if (errno.name().equals(refused.code())) {
                return errno.words;
            }
        }
        return refused.what();
    }

    /** A failure of the world as a person reads it, without names of classes. */
    public static String inWords(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> ENOENT.words;
            case AccessDeniedException _ -> EACCES.words;
            case FileSystemException other -> other.getReason() == null ? other.getMessage() : other.getReason();
            case ConnectException _ -> ECONNREFUSED.words;
            // A Unix socket that is not there fails with a plain SocketException.
            default -> saysMissing(failure) ? ECONNREFUSED.words : String.valueOf(failure.getMessage());
        };
    }

    /** Whether what was to be opened or connected to is not there. */
    public static boolean isMissing(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof ConnectException || saysMissing(failure);
    }

    private static boolean saysMissing(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(ENOENT.words);
    }
}
