import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import readWorkbook from 'read-excel-file/node';
