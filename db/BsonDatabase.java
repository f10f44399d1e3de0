import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Collection;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database whose maps hold BSON, and whose removal leaves databases with a longer name alone. */
final class BsonDatabase extends AbstractSynchronizedMongoDatabase<Object> {
    private static final String DATA = "databases.";
    private static final String META = "meta.";
    private static final String PRIMARY_KEY = "_id_";
    private final MVStore store;

    BsonDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, cursors);
        this.store = store;
        initializeNamespacesAndIndexes();
    }

    private <K, V> MVMap<K, V> openMap(String name) {
        return store.openMap(name, new MVMap.Builder<K, V>().keyType(BsonType.INSTANCE).valueType(BsonType.INSTANCE));
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        String namespace = getFullCollectionNamespace(name);
        return new CopyOnWriteCollection(this, name, options, openMap(DATA + namespace), openMap(META + namespace), cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
        if (name.equals(PRIMARY_KEY)) {
            return new BsonIndexes.Id(openMap(DATA + getFullCollectionNamespace(collection)), name, keys);
        }
        return new BsonIndexes.Unique(openMap(indexMap(collection, name)), name, keys, sparse);
    }

    /** The library reads the whole collection instead; a field inside a document is still looked up that way. */
    @Override
    protected Index<Object> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
        return keys.get(0).getKey().contains(".")
            ? super.openOrCreateSecondaryIndex(collection, name, keys, sparse)
            : new BsonIndexes.Field(openMap(indexMap(collection, name)), name, keys);
    }

    /** A unique index that could not be built leaves nothing behind: its next build must not find half of itself. */
    @Override
    protected synchronized void addIndex(Document description) {
        try {
            super.addIndex(description);
        } catch (IndexBuildFailedException e) {
            String namespace = description.get("ns").toString();
            store.removeMap(indexMap(namespace.substring(databaseName.length() + 1), description.get("name").toString()));
            throw e;
        }
    }

    @Override
    protected void dropIndex(MongoCollection<Object> collection, String name) {
        super.dropIndex(collection, name);
        store.removeMap(indexMap(collection.getCollectionName(), name));
    }

    private String indexMap(String collection, String name) {
        return getFullCollectionNamespace(collection) + "._index_" + name;
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        store.removeMap(DATA + getFullCollectionNamespace(name));
        store.removeMap(META + getFullCollectionNamespace(name));
    }

    @Override
    public void drop(Oplog oplog) {
        String own = databaseName + ".";
        store.getMapNames().stream()
            .filter(map -> map.startsWith(own) || map.startsWith(DATA + own) || map.startsWith(META + own))
            .forEach(store::removeMap);
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        String before = collection.getFullName();
        super.moveCollection(from, collection, newName);
        store.renameMap(openMap(DATA + before), DATA + getFullCollectionNamespace(newName));
        store.renameMap(openMap(META + before), META + getFullCollectionNamespace(newName));
    }

    @Override
    protected long getStorageSize() {
        return store.getFileStore().size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }

    /**
     * Updates change a copy. The library changes the stored document itself, so an answer that is still being written
     * out (or kept back for the disk) could show what a later command did.
     */
    private static final class CopyOnWriteCollection extends H2Collection {
        private static final Document EVERYTHING = new Document();
        private boolean updating;

        CopyOnWriteCollection(MongoDatabase database, String name, CollectionOptions options, MVMap<Object, Document> data,
            MVMap<String, Object> meta, CursorRegistry cursors) {
            super(database, name, options, data, meta, cursors);
        }

        @Override
        protected QueryResult queryDocuments(Document query, Document orderBy, int skip, int limit, int batch, Document fields) {
            Collection<Object> narrowed = BsonIndexes.narrow(getIndexes(), query);
            QueryResult found = narrowed == null
                ? matchDocuments(query, orderBy, skip, limit, batch, fields)
                : matchDocuments(BsonIndexes.isOfKeys(query) ? EVERYTHING : query, narrowed, orderBy, skip, limit, batch, fields);
            return updating ? new QueryResult(found.collectDocuments().stream().map(Document::cloneDeeply).toList()) : found;
        }

        /** The size of the data is only a statistic, and it would cost every write a page more. */
        @Override
        protected boolean tracksDataSize() {
            return false;
        }

        @Override
        public synchronized Document findAndModify(Document query) {
            updating = true;
            try {
                return super.findAndModify(query);
            } finally {
                updating = false;
            }
        }

        @Override
        public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters filters,
            boolean multi, boolean upsert, Oplog oplog) {
            updating = true;
            try {
                return super.updateDocuments(selector, update, filters, multi, upsert, oplog);
            } finally {
                updating = false;
            }
        }
    }
}
