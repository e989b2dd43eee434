access.start();
overview.start();
playground.start();
prices.start();
stream.start();
live.restart();
