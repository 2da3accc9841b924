using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.Policies;

namespace Granary.Application.FollowUp;

/// <summary>A file as somebody uploads it.</summary>
/// <param name="Name">Its name, as their computer has it.</param>
/// <param name="Content">What it holds.</param>
public sealed record UploadedFile(string Name, byte[] Content);

/// <summary>A file that was looked at and sealed, ready to be kept.</summary>
/// <param name="Name">Its harmless name.</param>
/// <param name="Type">Media type, by what it holds.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Content">What it holds, encrypted.</param>
public sealed record SealedFile(string Name, string Type, int Size, SealedBytes Content)
{
    internal Attachment On(FollowUpRecord record, DateTimeOffset now) =>
        new() { Id = Clock.NewId(now), LeadId = record.LeadId, FollowUpId = record.Id, Name = Name, Type = Type, Size = Size, Content = Content };
}

/// <summary>What an attachment is, without what it holds.</summary>
/// <param name="Id">Id.</param>
/// <param name="FollowUpId">The follow-up.</param>
/// <param name="Name">File name.</param>
/// <param name="Type">Media type.</param>
/// <param name="Size">Bytes.</param>
public sealed record AttachedFile(Guid Id, Guid FollowUpId, string Name, string Type, int Size);

/// <summary>Looks at files before they are kept (§10): few, small, of known kinds, and encrypted.</summary>
public sealed class AttachedFiles(Vault vault)
{
    /// <summary>Most files of one follow-up.</summary>
    public const int Most = 5;

    /// <summary>Most bytes of one file.</summary>
    public const int MostBytes = 10 << 20;

    /// <summary>Seals files, or says which cannot be taken; then none is.</summary>
    /// <param name="files">The files.</param>
    public (IReadOnlyList<SealedFile> Sealed, IReadOnlyList<FieldError> Errors) Seal(IReadOnlyList<UploadedFile> files)
    {
        if (files.Count > Most)
        {
            return ([], [new FieldError("files", "too_many", $"{Most}")]);
        }

        var looked = files.Select(f => (File: f, Kind: f.Content.Length is > 0 and <= MostBytes ? FileKind.Of(f.Content, f.Name) : null)).ToList();
        IReadOnlyList<FieldError> errors = [.. looked.Index().Where(f => f.Item.Kind is null).Select(f => Error(f.Index, f.Item.File))];
        return errors.Count > 0 ? ([], errors)
            : ([.. looked.Select(f => new SealedFile(f.Kind!.Name(f.File.Name), f.Kind.Type, f.File.Content.Length, vault.SealBytes(f.File.Content)))], []);
    }

    private static FieldError Error(int index, UploadedFile file) =>
        file.Content.Length == 0 ? new FieldError($"files[{index}]", "empty_file")
        : file.Content.Length > MostBytes ? new FieldError($"files[{index}]", "file_too_large", $"{MostBytes >> 20}")
        : new FieldError($"files[{index}]", "file_kind");
}
