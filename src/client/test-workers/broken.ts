throw new Error('this script does not run');
