package org.quorate.dist.trio;

/** Cases of one subject; each leaves the services where it found them, on the site that all share. */
interface Cases {
    Trio trio();
}
