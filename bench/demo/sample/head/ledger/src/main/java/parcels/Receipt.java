package parcels;

import java.math.BigDecimal;
import java.util.Objects;

/** Proof of one payment. */
public record Receipt(String customer, BigDecimal amount) {
    public Receipt {
        Objects.requireNonNull(customer, "customer");
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a receipt is never negative");
        }
    }
}
