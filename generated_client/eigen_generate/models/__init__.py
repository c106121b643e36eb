# Built by `python -m generator build` from openapi.yaml: edits are lost.
"""Models of the contract. Each is imported when it is named."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .detailed_transcript import DetailedTranscript
    from .edited_image import EditedImage
    from .edited_image_with_timing import EditedImageWithTiming
    from .error import Error
    from .error_detail_type_1 import ErrorDetailType1
    from .error_error_type_1 import ErrorErrorType1
    from .generated_image import GeneratedImage
    from .image_edit import ImageEdit
    from .image_edit_by_reference import ImageEditByReference
    from .image_generation import ImageGeneration
    from .job_status import JobStatus
    from .sampling import Sampling
    from .saved_voice import SavedVoice
    from .speech import Speech
    from .speech_chunk import SpeechChunk
    from .speech_end import SpeechEnd
    from .speech_error import SpeechError
    from .speech_form import SpeechForm
    from .speech_metadata import SpeechMetadata
    from .speech_metadata_data import SpeechMetadataData
    from .speech_start import SpeechStart
    from .transcript import Transcript
    from .transcription import Transcription
    from .video import Video
    from .video_by_reference import VideoByReference
    from .video_task import VideoTask
    from .voice_settings import VoiceSettings
    from .voice_upload import VoiceUpload

__all__ = [  # noqa: PLE0604
    "ImageGeneration",
    "ImageEdit",
    "ImageEditByReference",
    "Video",
    "VideoByReference",
    "Transcription",
    "Speech",
    "SpeechForm",
    "VoiceSettings",
    "Sampling",
    "VoiceUpload",
    "GeneratedImage",
    "EditedImage",
    "EditedImageWithTiming",
    "Transcript",
    "DetailedTranscript",
    "VideoTask",
    "JobStatus",
    "SavedVoice",
    "SpeechStart",
    "SpeechMetadata",
    "SpeechChunk",
    "SpeechEnd",
    "SpeechError",
    "Error",
    "SpeechMetadataData",
    "ErrorErrorType1",
    "ErrorDetailType1",
]

# The module of each.
_MODULES = """
image_generation image_edit image_edit_by_reference video video_by_reference
transcription speech speech_form voice_settings sampling
voice_upload generated_image edited_image edited_image_with_timing transcript
detailed_transcript video_task job_status saved_voice speech_start
speech_metadata speech_chunk speech_end speech_error error
speech_metadata_data error_error_type_1 error_detail_type_1 
"""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = _MODULES.split()[__all__.index(name)]
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
