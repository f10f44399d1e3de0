import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * The documents of one collection, each kept as its bytes. A commit writes whole pages, most of whose documents have not changed:
 * they are copied, not encoded again. Whoever reads a document gets one of his own, so no later command changes it under him.
 */
final class BsonCollection extends AbstractSynchronizedMongoCollection<Object> {
    private static final Document EVERYTHING = new Document();
    private final MVMap<Object, byte[]> documents;

    BsonCollection(MongoDatabase database, String name, CollectionOptions options, MVMap<Object, byte[]> documents,
        CursorRegistry cursors) {
        super(database, name, options, cursors);
        this.documents = documents;
    }

    @Override
    protected QueryResult queryDocuments(Document query, Document orderBy, int skip, int limit, int batch, Document fields) {
        if (isByKey(orderBy) && hasTextKeys()) {
            return matchDocumentsFromStream(inKeyOrder(query), query, EVERYTHING, skip, limit, batch, fields);
        }
        Collection<Object> narrowed = BsonIndexes.narrow(getIndexes(), query);
        return narrowed == null
            ? matchDocuments(query, orderBy, skip, limit, batch, fields)
            : matchDocuments(BsonIndexes.isOfKeys(query) ? EVERYTHING : query, narrowed, orderBy, skip, limit, batch, fields);
    }

    private static boolean isByKey(Document orderBy) {
        return orderBy != null && orderBy.size() == 1 && orderBy.get("_id") instanceof Number direction && direction.intValue() == 1;
    }

    /** Of text the order of the map is surely the one that is asked for. */
    private boolean hasTextKeys() {
        return documents.firstKey() instanceof String && documents.lastKey() instanceof String;
    }

    /** Documents one by one in the order of their keys, so that a page costs a page and not the whole collection. */
    private Stream<Document> inKeyOrder(Document query) {
        Collection<Object> narrowed = BsonIndexes.narrowByValues(getIndexes(), query);
        if (narrowed != null) {
            return narrowed.stream().sorted(BsonType.INSTANCE).map(this::getDocument);
        }
        Object[] stretch = BsonIndexes.stretchOf(query);
        Iterator<Object> keys = documents.keyIterator(stretch[0]);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(keys, Spliterator.ORDERED), false)
            .takeWhile(key -> stretch[1] == null || BsonType.INSTANCE.compare(key, stretch[1]) <= 0)
            .map(this::getDocument);
    }

    @Override
    protected QueryResult matchDocuments(Document query, Document orderBy, int skip, int limit, int batch, Document fields) {
        Stream<DocumentWithPosition<Object>> all = streamAllDocumentsWithPosition();
        if (isNaturalDescending(orderBy)) {
            all = all.sorted(Comparator.comparing(DocumentWithPosition::getPosition, ValueComparator.desc()));
        }
        return matchDocumentsFromStream(all.map(DocumentWithPosition::getDocument), query, orderBy, skip, limit, batch, fields);
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
            .map(entry -> new DocumentWithPosition<>(opened(entry.getValue()), entry.getKey()));
    }

    @Override
    protected Document getDocument(Object position) {
        byte[] stored = documents.get(position);
        return stored == null ? null : opened(stored);
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object key = getIdField() == null ? UUID.randomUUID() : Utils.getSubdocumentValue(document, getIdField());
        if (documents.put(Missing.ofNullable(key), BsonType.bytesOf(document)) != null) {
            throw new IllegalStateException("a document that was new lay in " + getFullName() + " already");
        }
        return key;
    }

    @Override
    protected void handleUpdate(Object position, Document before, Document after) {
        documents.put(Missing.ofNullable(position), BsonType.bytesOf(after));
    }

    @Override
    protected void removeDocument(Object position) {
        if (documents.remove(position) == null) {
            throw new NoSuchElementException("no document of " + getFullName() + " is there to be removed");
        }
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    /** The size of the data is only a statistic, and it would cost every write a page more. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected int getDataSize() {
        return 0;
    }

    @Override
    protected void updateDataSize(int change) {
        // As above.
    }

    private static Document opened(byte[] stored) {
        return (Document) BsonType.valueOf(stored);
    }

    /** How the documents lie in the file: as {@link BsonType} writes them, but left as bytes when they are read. */
    static final class Bytes extends BasicDataType<byte[]> {
        static final Bytes INSTANCE = new Bytes();
        private static final int OBJECT_HEADER = 24;

        @Override
        public void write(WriteBuffer target, byte[] stored) {
            target.putVarInt(stored.length);
            target.put(stored);
        }

        @Override
        public byte[] read(ByteBuffer source) {
            byte[] stored = new byte[DataUtils.readVarInt(source)];
            source.get(stored);
            return stored;
        }

        @Override
        public byte[][] createStorage(int size) {
            return new byte[size][];
        }

        @Override
        public int getMemory(byte[] stored) {
            return OBJECT_HEADER + stored.length;
        }

        @Override
        public int compare(byte[] one, byte[] other) {
            return Arrays.compareUnsigned(one, other);
        }
    }
}
