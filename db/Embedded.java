import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The embedded database engine: mongo-java-server on one H2 MVStore file, made durable.
 *
 * <p>{@code java Embedded <folder> [port]} listens on loopback, prints the port as one line, and ends when its
 * standard input closes, so it never outlives the service that started it. What it adds to the library:
 * an answer to a write leaves only after the write is on disk ({@link Committer}); a commit never falls into the middle
 * of a write; stored documents never change under a reader; documents are kept as BSON instead of Java serialization.
 */
public final class Embedded {
    private static final int LOCKED = 75;
    private static final int LOCK_WAIT_MS = 10_000;
    private static final Set<String> READS = Set.of("aggregate", "buildinfo", "collstats", "connectionstatus", "count",
        "dbstats", "distinct", "endsessions", "find", "getcmdlineopts", "getlog", "getmore", "hello", "hostinfo",
        "ismaster", "killcursors", "listcollections", "listdatabases", "listindexes", "ping", "serverstatus");
    private static final Set<String> DURABLE_LEVELS = Set.of("majority", "linearizable");
    private static final AttributeKey<Boolean> HOLD = AttributeKey.valueOf("hold");

    private Embedded() {
    }

    public static void main(String[] args) throws Exception {
        // A signal to the whole process group must reach the service alone: it still writes while it shuts down.
        for (String name : List.of("INT", "TERM", "HUP")) {
            Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        MVStore store = openStore(folder);
        Committer committer = new Committer(store);
        MongoBackend backend = new DurableBackend(store, committer).version(new WireVersion());
        ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Channel listener = listen(backend, committer, clients, args.length > 1 ? Integer.parseInt(args[1]) : 0);
        committer.start();
        System.out.println(((InetSocketAddress) listener.localAddress()).getPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is ever said on standard input; only its end matters.
        }
        listener.close().syncUninterruptibly();
        clients.close().await(1000);
        committer.close();
        Runtime.getRuntime().halt(0);
    }

    /** Opens the store, waiting for a predecessor that is still closing it. Commits happen in {@link Committer} only. */
    private static MVStore openStore(Path folder) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOCK_WAIT_MS);
        while (true) {
            try {
                MVStore store = new MVStore.Builder().fileName(folder.resolve("engine.mv").toString())
                    .autoCommitDisabled().autoCommitBufferSize(0).cacheSize(64).pageSplitSize(4 * 1024).open();
                // Every commit is synced and readers say which version they use, so space is free at once.
                store.setRetentionTime(0);
                return store;
            } catch (MVStoreException e) {
                if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) {
                    throw e;
                }
                if (System.nanoTime() > deadline) {
                    System.err.println("The database folder " + folder + " is in use by another process.");
                    Runtime.getRuntime().halt(LOCKED);
                }
                Thread.sleep(50);
            }
        }
    }

    private static Channel listen(MongoBackend backend, Committer committer, ChannelGroup clients, int port) {
        int loops = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
        return new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()),
                new MultiThreadIoEventLoopGroup(loops, NioIoHandler.newFactory()))
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 256)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                public void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new MongoWireReplyEncoder(), new MongoWireMessageEncoder(),
                        new AnswerGate(committer), new MongoWireProtocolHandler(),
                        new MongoDatabaseHandler(backend, clients), new MongoExceptionHandler());
                }
            })
            .bind(InetAddress.getLoopbackAddress(), port).syncUninterruptibly().channel();
    }

    /** What the drivers are told: MongoDB 5.0, wire version 13 (current drivers refuse less than 9). */
    private static final class WireVersion implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    }

    /** Keeps back the answer to a command that was marked by the backend until the store is on disk. */
    private static final class AnswerGate extends ChannelOutboundHandlerAdapter {
        private final Committer committer;

        AnswerGate(Committer committer) {
            this.committer = committer;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (Boolean.TRUE.equals(context.channel().attr(HOLD).getAndSet(null))) {
                committer.afterCommit(() -> context.writeAndFlush(message, promise));
            } else {
                super.write(context, message, promise);
            }
        }
    }

    /**
     * Group commit. Writers change the store under the shared lock; one thread takes the exclusive lock, commits,
     * releases it, syncs the file, and only then lets the answers of those writers go. Any failure to write ends
     * the process: nothing that was not answered was promised, and the next start reads what is on disk.
     */
    private static final class Committer {
        private static final int TIDY_MS = 1000;
        private static final int FILL_RATE = 60;
        private static final int REWRITE_BYTES = 1024 * 1024;
        private static final int MOST_IDLE_STEPS = 60;
        private static final long SMALL_FILE = 4L * 1024 * 1024;
        private final MVStore store;
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        private final AtomicLong applied = new AtomicLong();
        private volatile long durable;
        private volatile boolean closed;

        Committer(MVStore store) {
            this.store = store;
        }

        void start() {
            Thread thread = new Thread(this::run, "committer");
            thread.setDaemon(true);
            thread.start();
        }

        ReentrantReadWriteLock.ReadLock writing() {
            return lock.readLock();
        }

        void changed() {
            applied.incrementAndGet();
        }

        boolean isBehind() {
            return applied.get() != durable;
        }

        void afterCommit(Runnable answer) {
            waiting.add(answer);
        }

        /** Commits what is left, tidies for a moment, closes the file. */
        void close() {
            lock.writeLock().lock();
            closed = true;
            store.commit();
            store.sync();
            store.close(200);
        }

        private void run() {
            List<Runnable> answers = new ArrayList<>();
            long tidied = System.nanoTime();
            boolean changed = true;
            try {
                while (!closed) {
                    Runnable first = waiting.poll(TIDY_MS, TimeUnit.MILLISECONDS);
                    if (first != null) {
                        answers.add(first);
                        commit(answers);
                        answers.forEach(Runnable::run);
                        answers.clear();
                        changed = true;
                    }
                    if (first == null && changed) {
                        shrink();
                        changed = false;
                    } else if (System.nanoTime() - tidied > TimeUnit.MILLISECONDS.toNanos(TIDY_MS)) {
                        rewriteSparse();
                        tidied = System.nanoTime();
                    }
                }
            } catch (Throwable e) {
                fail(e);
            }
        }

        private void commit(List<Runnable> answers) {
            long upTo;
            lock.writeLock().lock();
            try {
                waiting.drainTo(answers);
                upTo = applied.get();
                store.commit();
            } finally {
                lock.writeLock().unlock();
            }
            store.sync();
            durable = upTo;
        }

        /** Keeps the file from growing under steady load: copies a little of what is left in sparse parts to the end. */
        private void rewriteSparse() {
            lock.writeLock().lock();
            try {
                store.compact(FILL_RATE, REWRITE_BYTES);
            } finally {
                lock.writeLock().unlock();
            }
        }

        /** Gives space back while nobody writes, in steps of some 10 ms, until that no longer makes the file smaller. */
        private void shrink() {
            long size = Long.MAX_VALUE;
            for (int idle = 0; idle < MOST_IDLE_STEPS && waiting.isEmpty() && !closed && isSparse(); idle++) {
                lock.writeLock().lock();
                try {
                    store.compact(FILL_RATE, REWRITE_BYTES);
                    store.commit();
                    store.sync();
                    ((RandomAccessStore) store.getFileStore()).compactMoveChunks(FILL_RATE, REWRITE_BYTES, store);
                    store.sync();
                } finally {
                    lock.writeLock().unlock();
                }
                if (store.getFileStore().size() < size) {
                    size = store.getFileStore().size();
                    idle = 0;
                }
            }
        }

        private boolean isSparse() {
            FileStore<?> file = store.getFileStore();
            return file.size() > SMALL_FILE && Math.min(file.getFillRate(), file.getChunksFillRate()) < FILL_RATE;
        }

        static void fail(Throwable cause) {
            System.err.println("The database engine cannot write its file: " + cause);
            Runtime.getRuntime().halt(1);
        }
    }

    /** Runs writes under the shared lock and marks which answers must wait for the disk. */
    private static final class DurableBackend extends H2Backend {
        private final Committer committer;

        DurableBackend(MVStore store, Committer committer) {
            super(store);
            this.committer = committer;
        }

        @Override
        protected MongoDatabase openOrCreateDatabase(String name) {
            return new Database(name, getMvStore(), getCursorRegistry());
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            Document query = message.getDocument();
            if (isRead(query)) {
                MVStore.TxCounter version = getMvStore().registerVersionUsage();
                try {
                    Document answer = super.handleMessage(message);
                    hold(message, wantsDurable(query) && committer.isBehind());
                    return answer;
                } finally {
                    getMvStore().deregisterVersionUsage(version);
                }
            }
            committer.writing().lock();
            try {
                return super.handleMessage(message);
            } catch (MVStoreException e) {
                Committer.fail(e);
                throw e;
            } finally {
                // A refused write waits too: what it collided with must not vanish after the refusal.
                committer.changed();
                hold(message, true);
                committer.writing().unlock();
            }
        }

        private static void hold(MongoMessage message, boolean hold) {
            if (hold) {
                message.getChannel().attr(HOLD).set(true);
            }
        }

        private static boolean isRead(Document query) {
            String command = query.keySet().iterator().next();
            if (!READS.contains(command.toLowerCase(Locale.ROOT))) {
                return false;
            }
            return !command.equals("aggregate") || !((Collection<?>) query.getOrDefault("pipeline", List.of())).stream()
                .anyMatch(stage -> ((Document) stage).containsKey("$out") || ((Document) stage).containsKey("$merge"));
        }

        private static boolean wantsDurable(Document query) {
            return query.get("readConcern") instanceof Document concern && DURABLE_LEVELS.contains(concern.get("level"));
        }
    }

    /** A database whose maps hold BSON, and whose removal leaves databases with a longer name alone. */
    private static final class Database extends AbstractSynchronizedMongoDatabase<Object> {
        private static final String DATA = "databases.";
        private static final String META = "meta.";
        private static final String PRIMARY_KEY = "_id_";
        private final MVStore store;

        Database(String name, MVStore store, CursorRegistry cursors) {
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
                return new IdIndex(openMap(DATA + getFullCollectionNamespace(collection)), name, keys);
            }
            return new UniqueIndex(openMap(indexMap(collection, name)), name, keys, sparse);
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
    }

    /**
     * Updates change a copy. The library changes the stored document itself, so an answer that is still being written
     * out (or kept back for the disk) could show what a later command did.
     */
    private static final class CopyOnWriteCollection extends H2Collection {
        private boolean updating;

        CopyOnWriteCollection(MongoDatabase database, String name, CollectionOptions options, MVMap<Object, Document> data,
            MVMap<String, Object> meta, CursorRegistry cursors) {
            super(database, name, options, data, meta, cursors);
        }

        @Override
        protected QueryResult queryDocuments(Document query, Document orderBy, int skip, int limit, int batch, Document fields) {
            QueryResult found = super.queryDocuments(query, orderBy, skip, limit, batch, fields);
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

    /** A unique index on one map: key values to the key of the document. */
    private static final class UniqueIndex extends AbstractUniqueIndex<Object> {
        private final MVMap<KeyValue, Object> map;

        UniqueIndex(MVMap<KeyValue, Object> map, String name, List<IndexKey> keys, boolean sparse) {
            super(name, keys, sparse);
            this.map = map;
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
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public long getDataSize() {
            return getCount();
        }
    }

    /** The index on {@code _id} is the collection itself: its map is sorted by that key, so there is nothing to keep. */
    private static final class IdIndex extends AbstractUniqueIndex<Object> {
        private final MVMap<Object, Document> documents;

        IdIndex(MVMap<Object, Document> documents, String name, List<IndexKey> keys) {
            super(name, keys, false);
            this.documents = documents;
        }

        @Override
        protected Object getPosition(KeyValue key) {
            Object wanted = Missing.ofNullable(key.get(0));
            Object stored = documents.ceilingKey(wanted);
            return stored != null && BsonType.INSTANCE.compare(stored, wanted) == 0 ? stored : null;
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
        public boolean isEmpty() {
            return documents.isEmpty();
        }

        @Override
        public long getDataSize() {
            return getCount();
        }
    }

    /** How documents, keys and index keys lie in the file: a type byte, then BSON. Keys sort as in MongoDB. */
    private static final class BsonType extends BasicDataType<Object> {
        static final BsonType INSTANCE = new BsonType();
        private static final ThreadLocal<ByteBuf> BUFFER = ThreadLocal.withInitial(() -> Unpooled.buffer(4096));
        private static final byte MISSING = 0x60;
        private static final byte KEY_VALUE = 0x61;
        private static final int NULL_RANK = 0;
        private static final int NUMBER_RANK = 1;

        @Override
        public void write(WriteBuffer target, Object value) {
            ByteBuf buffer = BUFFER.get().clear();
            encode(value, buffer);
            target.putVarInt(buffer.readableBytes());
            target.put(buffer.array(), buffer.arrayOffset(), buffer.readableBytes());
        }

        @Override
        public Object read(ByteBuffer source) {
            byte[] bytes = new byte[DataUtils.readVarInt(source)];
            source.get(bytes);
            return decode(Unpooled.wrappedBuffer(bytes));
        }

        @Override
        public Object[] createStorage(int size) {
            return new Object[size];
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
            if (a instanceof KeyValue one && b instanceof KeyValue other) {
                return compareParts(one, other);
            }
            int ranks = Integer.compare(rank(a), rank(b));
            if (ranks != 0 || rank(a) == NULL_RANK) {
                return ranks;
            }
            if (a instanceof Number one && b instanceof Number other) {
                int doubles = Double.compare(one.doubleValue() + 0.0, other.doubleValue() + 0.0);
                return doubles != 0 ? doubles : Long.compare(one.longValue(), other.longValue());
            }
            if (a instanceof Comparable one && a.getClass() == b.getClass()) {
                return one.compareTo(b);
            }
            return encoded(a).compareTo(encoded(b));
        }

        private int compareParts(KeyValue one, KeyValue other) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                int parts = compare(one.get(i), other.get(i));
                if (parts != 0) {
                    return parts;
                }
            }
            return Integer.compare(one.size(), other.size());
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
            ByteBuf buffer = Unpooled.buffer();
            encode(value, buffer);
            return buffer;
        }
    }
}
