using System.Security.Cryptography;
using System.Text.Json;
using Granary.Application.Storage;

namespace Granary.Web.Hosting;

/// <summary>
/// The data folder. With the embedded database it belongs to one process: the operating system's lock on a file decides,
/// and is gone with the process. A server leaves its address and a token there, by which commands are handed to it.
/// </summary>
public sealed class DataFolder(StoreOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private FileStream? _lock;

    /// <summary>The folder.</summary>
    public string Directory => options.Directory;

    /// <summary>Whether only one process may use it.</summary>
    public bool Exclusive => options.Postgres is null;

    /// <summary>What the server in this process shows to be asked; null while none listens.</summary>
    public ServerCard? Card { get; private set; }

    private string CardFile => Path.Combine(Directory, "server.json");

    /// <summary>Takes the folder for this process; false when another one has it.</summary>
    public bool TryOwn()
    {
        System.IO.Directory.CreateDirectory(Directory);
        if (!Exclusive || _lock is not null)
        {
            return true;
        }

        try
        {
            _lock = new FileStream(Path.Combine(Directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return false;
        }

        // Whoever wrote it no longer lives, else the lock would be theirs.
        File.Delete(CardFile);
        return true;
    }

    /// <summary>Leaves address and token for commands.</summary>
    public void Announce(string address)
    {
        lock (_gate)
        {
            Card = new ServerCard(address, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
            // A server that was stopped while it started has given the folder back, and must leave nothing in it.
            if (_lock is not null)
            {
                OwnersFile.Write(CardFile, JsonSerializer.Serialize(Card));
            }
        }
    }

    /// <summary>What a server left; null when there is none, or it is being written.</summary>
    public ServerCard? ReadCard()
    {
        try
        {
            return JsonSerializer.Deserialize<ServerCard>(File.ReadAllText(CardFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            if (_lock is not null)
            {
                File.Delete(CardFile);
                _lock.Dispose();
                _lock = null;
            }
        }
    }
}

/// <summary>How a server can be asked to carry out a command.</summary>
/// <param name="Address">Its address on this machine.</param>
/// <param name="Token">Shows that the asker may read the folder.</param>
public sealed record ServerCard(string Address, string Token);
