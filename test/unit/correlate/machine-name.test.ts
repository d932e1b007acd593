import { describe, expect, it } from 'vitest';
import { endpointName, isAddress, isLoopback, machineName, serverName } from '../../../src/correlate/machine-name.ts';

describe('the one name of a machine', () => {
  it.each([
    ['GPU-7.cluster.local:9100', 'gpu-7'],
    ['gpu-7', 'gpu-7'],
    ['10.0.0.7:9100', '10.0.0.7'],
    ['[2001:db8::7]:9100', '[2001:db8::7]'],
    ['2001:db8::7', '2001:db8::7'],
    ['172_18_0_7', '172.18.0.7'],
    ['cafe.dead.example', 'cafe'],
    ['localhost:9100', 'localhost:9100'],
    ['127.0.0.1:9100', '127.0.0.1:9100'],
    ['[::1]:9100', '[::1]:9100'],
    ['', ''],
  ])('of %s is %s', (written, name) => {
    expect(machineName(written)).toBe(name);
  });
});

it.each([
  ['10.0.0.7', true],
  ['10.0.0.7:9100', true],
  ['[::1]:80', true],
  ['172_18_0_7', true],
  ['gpu-7:9100', false],
  ['1.2.3', false],
])('whether %s is an address: %s', (written, is) => {
  expect(isAddress(written)).toBe(is);
});

it.each([
  ['localhost', true],
  ['LOCALHOST:9100', true],
  ['localhost.localdomain:1', true],
  ['127.0.0.53:53', true],
  ['[::1]:9100', true],
  ['localhoster', false],
  ['10.0.0.1', false],
])('whether %s is loopback: %s', (written, is) => {
  expect(isLoopback(written)).toBe(is);
});

it.each([
  ['redis://user:pw@Cache.prod.svc:6379/0', 'cache.prod.svc'],
  ['pg-main:5432', 'pg-main'],
  ['rabbit@rmq-0', 'rmq-0'],
])('the server of %s is %s', (address, name) => {
  expect(serverName(address)).toBe(name);
});

it.each([
  ['https://API.example.org/v1/?key=x#y', 'api.example.org/v1'],
  ['http://user:pw@api.example.org:8080', 'api.example.org:8080'],
  ['https://api.example.org?x=1', 'api.example.org'],
  ['api.example.org/v1', null],
  ['http://', null],
])('the endpoint of %s is %s', (url, name) => {
  expect(endpointName(url)).toBe(name);
});
