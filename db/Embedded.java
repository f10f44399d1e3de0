import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The embedded database engine: mongo-java-server on one H2 MVStore file, made durable.
 *
 * <p>{@code java Embedded <folder> [port]} listens on loopback, prints the port as one line, and ends when its
 * standard input closes, so it never outlives the service that started it. What it adds to the library:
 * an answer to a write leaves only after the write is on disk, and a commit never falls into the middle of a write
 * ({@link Committer}); stored documents never change under a reader, and are kept as BSON ({@link BsonDatabase}).
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
        // What one rewrite wrote lies in one piece and is moved only whole.
        private static final int MOVE_BYTES = 4 * REWRITE_BYTES;
        private static final int MOST_IDLE_STEPS = 200;
        private static final long SMALL_FILE = 4L * 1024 * 1024;
        private static final double GROWN = 1.5;
        private final MVStore store;
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        private final AtomicLong applied = new AtomicLong();
        private volatile long durable;
        private volatile boolean closed;
        private long settledSize;

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

        /** Said by a writer that holds the shared lock, before it changes anything. */
        void changing() {
            applied.incrementAndGet();
        }

        /** Whether a reader may have seen what is not on disk yet. */
        boolean isBehind() {
            return applied.get() != durable;
        }

        void afterCommit(Runnable answer) {
            waiting.add(answer);
        }

        /** Commits what is left and closes the file. */
        void close() {
            lock.writeLock().lock();
            closed = true;
            store.commit();
            store.sync();
            store.close();
        }

        private void run() {
            List<Runnable> answers = new ArrayList<>();
            long tidied = System.nanoTime();
            try {
                while (!closed) {
                    Runnable first = waiting.poll(TIDY_MS, TimeUnit.MILLISECONDS);
                    if (first != null) {
                        answers.add(first);
                        commit(answers);
                        answers.forEach(Runnable::run);
                        answers.clear();
                    }
                    if (first == null) {
                        shrink();
                    } else if (System.nanoTime() - tidied > TimeUnit.MILLISECONDS.toNanos(TIDY_MS)) {
                        rewriteSparse();
                        tidied = System.nanoTime();
                    }
                }
            } catch (Throwable e) {
                if (!closed) {
                    fail(e);
                }
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
            FileStore<?> file = store.getFileStore();
            if (file.size() < SMALL_FILE || file.size() < settledSize * GROWN) {
                return;
            }
            settledSize = file.size();
            for (int idle = 0; idle < MOST_IDLE_STEPS && waiting.isEmpty() && !closed && isSparse(file); idle++) {
                lock.writeLock().lock();
                try {
                    store.compact(FILL_RATE, REWRITE_BYTES);
                    store.commit();
                    store.sync();
                    ((RandomAccessStore) file).compactMoveChunks(FILL_RATE, MOVE_BYTES, store);
                    store.sync();
                } finally {
                    lock.writeLock().unlock();
                }
                if (file.size() < settledSize) {
                    settledSize = file.size();
                    idle = 0;
                }
            }
        }

        private static boolean isSparse(FileStore<?> file) {
            return Math.min(file.getFillRate(), file.getChunksFillRate()) < FILL_RATE;
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
            return new BsonDatabase(name, getMvStore(), getCursorRegistry());
        }

        @Override
        public Document handleCommand(Channel channel, String database, String command, Document query) {
            if (isRead(command, query)) {
                MVStore.TxCounter version = getMvStore().registerVersionUsage();
                try {
                    Document answer = super.handleCommand(channel, database, command, query);
                    hold(channel, wantsDurable(query) && committer.isBehind());
                    return answer;
                } finally {
                    getMvStore().deregisterVersionUsage(version);
                }
            }
            committer.writing().lock();
            try {
                committer.changing();
                return super.handleCommand(channel, database, command, query);
            } catch (MVStoreException e) {
                Committer.fail(e);
                throw e;
            } finally {
                // A refused write waits too: what it collided with must not vanish after the refusal.
                hold(channel, true);
                committer.writing().unlock();
            }
        }

        private static void hold(Channel channel, boolean hold) {
            if (hold) {
                channel.attr(HOLD).set(true);
            }
        }

        private static boolean isRead(String command, Document query) {
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
}
