using Granary.Application.FollowUp;
using Microsoft.AspNetCore.Http.Metadata;

namespace Granary.Web.FollowUp;

/// <summary>Lets a page or endpoint take the files of a follow-up, in memory: nothing of them may lie on a disk unencrypted.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute, IFormOptionsMetadata, IRequestSizeLimitMetadata
{
    /// <summary>All files and what frames them.</summary>
    private const int Most = (AttachedFiles.Most * AttachedFiles.MostBytes) + (1 << 20);

    /// <inheritdoc />
    public long? MaxRequestBodySize => Most;

    /// <inheritdoc />
    public int? MemoryBufferThreshold => Most;

    /// <inheritdoc />
    public long? MultipartBodyLengthLimit => Most;

    /// <inheritdoc />
    public bool? BufferBody => null;

    /// <inheritdoc />
    public long? BufferBodyLengthLimit => null;

    /// <inheritdoc />
    public int? ValueCountLimit => null;

    /// <inheritdoc />
    public int? KeyLengthLimit => null;

    /// <inheritdoc />
    public int? ValueLengthLimit => null;

    /// <inheritdoc />
    public int? MultipartBoundaryLengthLimit => null;

    /// <inheritdoc />
    public int? MultipartHeadersCountLimit => null;

    /// <inheritdoc />
    public int? MultipartHeadersLengthLimit => null;

    /// <summary>The files of a posted form, in memory; an empty field is none.</summary>
    internal static async Task<IReadOnlyList<UploadedFile>> Read(IFormFileCollection files, CancellationToken ct)
    {
        List<UploadedFile> read = [];
        foreach (var file in files.Where(f => f.FileName.Length > 0))
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, ct);
            read.Add(new UploadedFile(file.FileName, content.ToArray()));
        }

        return read;
    }
}
