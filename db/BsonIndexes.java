import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * The indexes of the engine. All of them only narrow down which documents are looked at: the library compares every
 * document found with the whole query, so an index may answer too many, never too few. Only where a query names keys of text
 * alone ({@link #isOfKeys}) nothing is compared any more: of five hundred keys every document would be compared with each.
 */
final class BsonIndexes {
    private static final BsonType ORDER = BsonType.INSTANCE;

    private BsonIndexes() {
    }

    /**
     * The keys of the documents that can match, or null where every document must be looked at. Keys that the query names come first,
     * then unique indexes; of the others, and of conditions that must all hold, the one that leaves the fewest; last a stretch of keys.
     */
    static Collection<Object> narrow(List<Index<Object>> indexes, Document query) {
        Collection<Object> found = narrowByValues(indexes, query);
        return found == null ? positions(indexes, Id.class, query) : found;
    }

    /** The same, but for a stretch of keys, which may be long. */
    static Collection<Object> narrowByValues(List<Index<Object>> indexes, Document query) {
        if (Id.namesKeys(query)) {
            return positions(indexes, Id.class, query);
        }
        for (Class<?> kind : List.of(Unique.class, Field.class)) {
            Collection<Object> fewest = positions(indexes, kind, query);
            if (fewest != null) {
                return fewest;
            }
        }
        Collection<Object> all = narrowAll(indexes, query);
        return all == null ? narrowAny(indexes, query) : all;
    }

    /** What the index of a kind that leaves the fewest finds, or null where none helps. */
    private static Collection<Object> positions(List<Index<Object>> indexes, Class<?> kind, Document query) {
        Collection<Object> fewest = null;
        for (Index<Object> index : indexes) {
            if (kind.isInstance(index) && index.canHandle(query)) {
                Collection<Object> found = new LinkedHashSet<>();
                index.getPositions(query).forEach(found::add);
                fewest = fewest == null || found.size() < fewest.size() ? found : fewest;
            }
        }
        return fewest;
    }

    /** Where the keys begin that a query asks for, and where they end: either may be null. */
    static Object[] stretchOf(Document query) {
        Wanted own = query.containsKey("_id") ? Wanted.ofKey(query) : null;
        if (own != null && own.points == null) {
            return new Object[] {own.from, own.to};
        }
        if (query.get("$and") instanceof Collection<?> branches) {
            for (Object branch : branches) {
                Object[] stretch = stretchOf((Document) branch);
                if (stretch[0] != null || stretch[1] != null) {
                    return stretch;
                }
            }
        }
        return new Object[] {null, null};
    }

    /** Whether a query names keys of text and nothing else: the documents under them are the answer, and need not be compared with it. */
    static boolean isOfKeys(Document query) {
        Object wanted = query.get("_id");
        if (query.size() != 1 || wanted == null) {
            return false;
        }
        if (wanted instanceof Document condition) {
            return condition.size() == 1 && condition.get("$in") instanceof Collection<?> keys
                && keys.stream().allMatch(String.class::isInstance);
        }
        return wanted instanceof String;
    }

    /** The branch of an {@code $and} that leaves the fewest. */
    private static Collection<Object> narrowAll(List<Index<Object>> indexes, Document query) {
        Collection<Object> fewest = null;
        if (query.get("$and") instanceof Collection<?> branches) {
            for (Object branch : branches) {
                Collection<Object> found = narrowByValues(indexes, (Document) branch);
                fewest = found != null && (fewest == null || found.size() < fewest.size()) ? found : fewest;
            }
        }
        return fewest;
    }

    /** The union of what the branches of an {@code $or} need, if each of them can be narrowed. */
    private static Collection<Object> narrowAny(List<Index<Object>> indexes, Document query) {
        if (!(query.get("$or") instanceof Collection<?> branches)) {
            return null;
        }
        Collection<Object> union = new LinkedHashSet<>();
        for (Object branch : branches) {
            Collection<Object> found = narrow(indexes, (Document) branch);
            if (found == null) {
                return null;
            }
            union.addAll(found);
        }
        return union;
    }

    /** The index on {@code _id} is the collection itself: its map is sorted by that key, so there is nothing to keep. */
    static final class Id extends AbstractUniqueIndex<Object> {
        private final MVMap<Object, byte[]> documents;

        Id(MVMap<Object, byte[]> documents, String name, List<IndexKey> keys) {
            super(name, keys, false);
            this.documents = documents;
        }

        @Override
        public boolean canHandle(Document query) {
            return Wanted.of(query, "_id", false) != null;
        }

        /** Whether a query names its keys one by one. */
        static boolean namesKeys(Document query) {
            Wanted wanted = query.containsKey("_id") ? Wanted.of(query, "_id", false) : null;
            return wanted != null && wanted.points != null;
        }

        @Override
        public Iterable<Object> getPositions(Document query) {
            Wanted wanted = Wanted.ofKey(query);
            List<Object> found = new ArrayList<>();
            if (wanted.points != null) {
                wanted.points.stream().map(KeyValue::new).map(this::getPosition).filter(Objects::nonNull).forEach(found::add);
                return new LinkedHashSet<>(found);
            }
            for (Iterator<Object> keys = documents.keyIterator(wanted.from); keys.hasNext();) {
                Object key = keys.next();
                if (wanted.isBeyond(key)) {
                    break;
                }
                found.add(key);
            }
            return found;
        }

        @Override
        protected Object getPosition(KeyValue key) {
            Object wanted = Missing.ofNullable(key.get(0));
            Object stored = documents.ceilingKey(wanted);
            return stored != null && ORDER.compare(stored, wanted) == 0 ? stored : null;
        }

        @Override
        public void add(Document document, Object position, MongoCollection<Object> collection) {
            // The document has just been put under this key, after checkAdd had found the key free.
        }

        @Override
        protected boolean putKeyPosition(KeyValue key, Object position) {
            return true;
        }

        @Override
        protected Object removeDocument(KeyValue key) {
            return getPosition(key);
        }

        @Override
        protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
            return documents.keySet().stream().map(key -> Map.entry(new KeyValue(key), key)).toList();
        }

        @Override
        public long getCount() {
            return documents.sizeAsLong();
        }

        @Override
        public long getDataSize() {
            return getCount();
        }
    }

    /** A unique index on one map: key values to the key of the document. */
    static final class Unique extends AbstractUniqueIndex<Object> {
        private final MVMap<KeyValue, Object> map;

        Unique(MVMap<KeyValue, Object> map, String name, List<IndexKey> keys, boolean sparse) {
            super(name, keys, sparse);
            this.map = map;
        }

        @Override
        public synchronized boolean canHandle(Document query) {
            return super.canHandle(ownPart(query));
        }

        @Override
        public synchronized Iterable<Object> getPositions(Document query) {
            return super.getPositions(ownPart(query));
        }

        /** The library uses the index only for queries that name nothing but its keys. */
        private Document ownPart(Document query) {
            Document own = new Document();
            keys().stream().filter(query::containsKey).forEach(key -> own.put(key, query.get(key)));
            return own;
        }

        @Override
        protected Object removeDocument(KeyValue key) {
            return map.remove(key);
        }

        @Override
        protected boolean putKeyPosition(KeyValue key, Object position) {
            return map.putIfAbsent(key, Missing.ofNullable(position)) == null;
        }

        @Override
        protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
            return map.entrySet();
        }

        @Override
        protected Object getPosition(KeyValue key) {
            return map.get(key);
        }

        @Override
        public long getCount() {
            return map.sizeAsLong();
        }

        @Override
        public long getDataSize() {
            return getCount();
        }
    }

    /** An index that is not unique, on the first of its fields: (value, document key) to document key. */
    static final class Field extends Index<Object> {
        private final MVMap<KeyValue, Object> map;
        private final String field;

        Field(MVMap<KeyValue, Object> map, String name, List<IndexKey> keys) {
            super(name, keys, true);
            this.map = map;
            this.field = keys.get(0).getKey();
        }

        @Override
        public boolean canHandle(Document query) {
            return Wanted.of(query, field, true) != null;
        }

        @Override
        public Iterable<Object> getPositions(Document query) {
            Wanted wanted = Wanted.of(query, field, true);
            Set<Object> found = new LinkedHashSet<>();
            if (wanted.points != null) {
                wanted.points.forEach(point -> collect(new Wanted(null, point, point), found));
            } else {
                collect(wanted, found);
            }
            return found;
        }

        private void collect(Wanted range, Set<Object> found) {
            Cursor<KeyValue, Object> cursor = map.cursor(range.from == null ? null : new KeyValue(range.from));
            while (cursor.hasNext() && !range.isBeyond(cursor.next().get(0))) {
                found.add(cursor.getValue());
            }
        }

        /** Null and missing are not kept, because no query for them uses this index. */
        private List<KeyValue> entries(Document document, Object position) {
            Object value = document.get(field);
            Collection<?> values = value instanceof Collection<?> list ? list : Collections.singletonList(value);
            return values.stream().filter(Missing::isNeitherNullNorMissing).map(one -> new KeyValue(one, position)).toList();
        }

        @Override
        public void add(Document document, Object position, MongoCollection<Object> collection) {
            entries(document, position).forEach(key -> map.put(key, position));
        }

        @Override
        public Object remove(Document document) {
            entries(document, Missing.ofNullable(document.get("_id"))).forEach(map::remove);
            return null;
        }

        @Override
        public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                remove(before);
                add(after, position, collection);
            }
        }

        @Override
        public Object getPosition(Document document) {
            return null;
        }

        @Override
        public void checkAdd(Document document, MongoCollection<Object> collection) {
            // Any value is welcome any number of times.
        }

        @Override
        public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
            // As above.
        }

        @Override
        public long getCount() {
            return map.sizeAsLong();
        }

        @Override
        public long getDataSize() {
            return getCount();
        }

        @Override
        public void drop() {
            // The database removes the map.
        }
    }

    /** What a query wants of one field: some values, or a stretch of the order (an end that is null is open). */
    private record Wanted(List<?> points, Object from, Object to) {

        /** Null where an index cannot help: no condition, null, an array, a pattern, or an operator it does not know. */
        static Wanted of(Document query, String field, boolean skipsMissing) {
            Object value = query.get(field);
            if (!(value instanceof Document condition) || !isCondition(condition)) {
                return isPlain(value) ? new Wanted(List.of(value), null, null) : null;
            }
            if (isPlain(condition.get("$eq"))) {
                return new Wanted(List.of(condition.get("$eq")), null, null);
            }
            if (condition.get("$in") instanceof Collection<?> list && list.stream().allMatch(Wanted::isPlain)) {
                return new Wanted(List.copyOf(list), null, null);
            }
            Object from = condition.getOrDefault("$gte", condition.get("$gt"));
            if (isOrdered(from)) {
                // Of an array, one element may satisfy the lower bound and another the upper: only one bound narrows.
                return new Wanted(null, from, null);
            }
            Object to = condition.getOrDefault("$lte", condition.get("$lt"));
            if (isOrdered(to)) {
                return new Wanted(null, null, to);
            }
            boolean needsValue = condition.get("$type") instanceof String type && !type.equals("null");
            return needsValue && skipsMissing ? new Wanted(null, null, null) : null;
        }

        /** A key is one value and never a list, so both ends of a stretch narrow it. */
        static Wanted ofKey(Document query) {
            Wanted wanted = of(query, "_id", false);
            if (wanted == null || wanted.from == null) {
                return wanted;
            }
            Document condition = (Document) query.get("_id");
            Object to = condition.getOrDefault("$lte", condition.get("$lt"));
            return isOrdered(to) ? new Wanted(null, wanted.from, to) : wanted;
        }

        boolean isBeyond(Object value) {
            return to != null && ORDER.compare(value, to) > 0;
        }

        private static boolean isCondition(Document value) {
            return value.keySet().stream().anyMatch(key -> key.startsWith("$"));
        }

        /** The kinds of values whose order here is surely the one that the library compares by. */
        private static boolean isOrdered(Object value) {
            return value instanceof String || value instanceof Integer || value instanceof Long || value instanceof Double
                || value instanceof Instant || value instanceof ObjectId;
        }

        private static boolean isPlain(Object value) {
            return Missing.isNeitherNullNorMissing(value) && !(value instanceof Collection<?>)
                && !(value instanceof MinKey) && !(value instanceof MaxKey) && !BsonRegularExpression.isRegularExpression(value)
                && !(value instanceof Document document && isCondition(document));
        }
    }
}
