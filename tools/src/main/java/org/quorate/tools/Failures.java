package org.quorate.tools;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the world's failures are called, in the words that administrators know from strerror(3). */
public final class Failures {
    private Failures() {}

    /** The failure as a person reads it, without names of classes. */
    public static String inWords(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException other -> other.getReason() == null ? other.getMessage() : other.getReason();
            case ConnectException _ -> "Connection refused";
            default -> withoutDetails(String.valueOf(failure.getMessage()));
        };
    }

    /** Whether what was to be opened or connected to is not there. */
    public static boolean isMissing(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof ConnectException
                || String.valueOf(failure.getMessage()).contains("No such file or directory");
    }

    private static String withoutDetails(String message) {
        // A Unix socket that is not there fails with a plain SocketException.
        return message.contains("No such file or directory") ? "Connection refused" : message;
    }
}
