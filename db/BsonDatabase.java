import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database whose maps hold BSON, and whose removal leaves databases with a longer name alone. */
final class BsonDatabase extends AbstractSynchronizedMongoDatabase<Object> {
    private static final String DATA = "databases.";
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

    private MVMap<Object, byte[]> openDocuments(String collection) {
        return store.openMap(DATA + getFullCollectionNamespace(collection), documents());
    }

    private static MVMap.Builder<Object, byte[]> documents() {
        return new MVMap.Builder<Object, byte[]>().keyType(BsonType.INSTANCE).valueType(BsonCollection.Bytes.INSTANCE);
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        return new BsonCollection(this, name, options, openDocuments(name), cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
        if (name.equals(PRIMARY_KEY)) {
            return new BsonIndexes.Id(openDocuments(collection), name, keys);
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
    }

    @Override
    public void drop(Oplog oplog) {
        String own = databaseName + ".";
        store.getMapNames().stream()
            .filter(map -> map.startsWith(own) || map.startsWith(DATA + own))
            .forEach(store::removeMap);
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        String before = collection.getFullName();
        super.moveCollection(from, collection, newName);
        store.renameMap(store.openMap(DATA + before, documents()), DATA + getFullCollectionNamespace(newName));
    }

    @Override
    protected long getStorageSize() {
        return store.getFileStore().size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }
}
