import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** How documents, keys and index keys lie in the file: a type byte, then BSON. Keys sort as in MongoDB. */
final class BsonType extends BasicDataType<Object> {
    static final BsonType INSTANCE = new BsonType();
    private static final ThreadLocal<ByteBuf> BUFFER = ThreadLocal.withInitial(() -> Unpooled.buffer(4096));
    private static final byte MISSING = 0x60;
    private static final byte KEY_VALUE = 0x61;
    private static final int NULL_RANK = 0;
    private static final int NUMBER_RANK = 1;

    @Override
    public void write(WriteBuffer target, Object value) {
        ByteBuf buffer = encodedInto(BUFFER.get().clear(), value);
        target.putVarInt(buffer.readableBytes());
        target.put(buffer.array(), buffer.arrayOffset(), buffer.readableBytes());
    }

    @Override
    public Object read(ByteBuffer source) {
        byte[] bytes = new byte[DataUtils.readVarInt(source)];
        source.get(bytes);
        return valueOf(bytes);
    }

    /** The value as it lies in the file. */
    static byte[] bytesOf(Object value) {
        ByteBuf buffer = encodedInto(BUFFER.get().clear(), value);
        return Arrays.copyOfRange(buffer.array(), buffer.arrayOffset(), buffer.arrayOffset() + buffer.readableBytes());
    }

    static Object valueOf(byte[] bytes) {
        return decode(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }

    private static ByteBuf encodedInto(ByteBuf buffer, Object value) {
        encode(value, buffer);
        return buffer;
    }

    private static void encode(Object value, ByteBuf target) {
        if (value instanceof Missing) {
            target.writeByte(MISSING);
        } else if (value instanceof KeyValue key) {
            target.writeByte(KEY_VALUE).writeByte(key.size());
            key.forEach(part -> encode(part, target));
        } else {
            byte type = BsonEncoder.determineType(value);
            target.writeByte(type);
            BsonEncoder.encodeValue(type, value, target);
        }
    }

    private static Object decode(ByteBuf source) {
        byte type = source.readByte();
        if (type == MISSING) {
            return Missing.getInstance();
        }
        if (type != KEY_VALUE) {
            return BsonDecoder.decodeValue(type, source);
        }
        Object[] parts = new Object[source.readByte()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = decode(source);
        }
        return new KeyValue(parts);
    }

    /** A rough size in memory, which the page cache counts with. */
    @Override
    public int getMemory(Object value) {
        if (value instanceof String text) {
            return 40 + text.length();
        }
        if (value instanceof Document document) {
            return 64 + document.entrySet().stream().mapToInt(e -> 48 + e.getKey().length() + getMemory(e.getValue())).sum();
        }
        if (value instanceof Collection<?> list) {
            return 32 + list.stream().mapToInt(this::getMemory).sum();
        }
        return value instanceof KeyValue key ? 32 + key.stream().mapToInt(this::getMemory).sum() : 24;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public int compare(Object a, Object b) {
        if (a instanceof String one && b instanceof String other) {
            return one.compareTo(other);
        }
        int ranks = Integer.compare(rank(a), rank(b));
        if (ranks != 0 || rank(a) == NULL_RANK) {
            return ranks;
        }
        if (a instanceof Number one && b instanceof Number other) {
            int doubles = Double.compare(one.doubleValue() + 0.0, other.doubleValue() + 0.0);
            return doubles != 0 ? doubles : Long.compare(one.longValue(), other.longValue());
        }
        if (a instanceof KeyValue || a instanceof Document || a instanceof Collection<?>) {
            return compareParts(parts(a), parts(b));
        }
        if (a instanceof Comparable one && a.getClass() == b.getClass()) {
            return one.compareTo(b);
        }
        return encoded(a).compareTo(encoded(b));
    }

    /** Part by part, because a number inside a key is the same number in whatever type it was sent. */
    private int compareParts(List<Object> one, List<Object> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int parts = compare(one.get(i), other.get(i));
            if (parts != 0) {
                return parts;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static List<Object> parts(Object value) {
        if (value instanceof Document document) {
            return document.entrySet().stream().flatMap(field -> Stream.of(field.getKey(), field.getValue())).toList();
        }
        return value instanceof KeyValue key ? key.stream().toList() : new ArrayList<>((Collection<?>) value);
    }

    private static int rank(Object value) {
        if (Missing.isNullOrMissing(value)) {
            return NULL_RANK;
        }
        if (value instanceof Number) {
            return NUMBER_RANK;
        }
        return value instanceof KeyValue ? KEY_VALUE : BsonEncoder.determineType(value) & 0xff;
    }

    private static ByteBuf encoded(Object value) {
        return encodedInto(Unpooled.buffer(), value);
    }
}
