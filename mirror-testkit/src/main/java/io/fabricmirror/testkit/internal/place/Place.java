package io.fabricmirror.testkit.internal.place;

/** Where everything of the local Azure is. */
public final class Place {
    /** The subscription. */
    public static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";

    /** The resource group. */
    public static final String GROUP = "rg-data";

    private Place() {}
}
