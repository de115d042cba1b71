package parcels;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What was billed, in the order in which it was billed. */
public final class Ledger {
    private final List<BigDecimal> entries = new ArrayList<>();

    public void bill(BigDecimal amount) {
        entries.add(amount);
    }

    public BigDecimal balance() {
        return entries.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
